import type { Problem } from '../config/problems';

const OFFSET = /^\d{1,18}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** An option as it was typed, by its name. */
export interface Typed {
  readonly path: string;
  readonly text: string | undefined;
}

/** Reads options as they were typed, and gathers what is wrong with them: what is undefined is missing or has its problem. */
export class OptionValues {
  readonly problems: Problem[] = [];

  wholeNumber({ path, text }: Typed, lowest: number, highest: number): number | undefined {
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= lowest && value <= highest) return value;
    const allowed = `a whole number from ${lowest} ${highest === Infinity ? 'on' : `to ${highest}`}`;
    this.refuse({ path, value: text, message: 'this is no such number', allowed, fix: `set ${path} to one` });
    return undefined;
  }

  offset({ path, text }: Typed): bigint | undefined {
    if (text === undefined) return undefined;
    if (OFFSET.test(text)) return BigInt(text);
    const allowed = 'a whole number from 0 on';
    this.refuse({ path, value: text, message: 'this is no offset', allowed, fix: 'take one that list shows' });
    return undefined;
  }

  /** @returns milliseconds since 1970 */
  time({ path, text }: Typed): number | undefined {
    if (text === undefined) return undefined;
    const [, date] = TIME.exec(text) ?? [];
    const value = Date.parse(text);
    // A day that its month does not have is taken for one of the next month.
    if (date !== undefined && !isNaN(value) && new Date(date).toISOString().startsWith(date)) return value;
    const allowed = 'a date (midnight in UTC), or a time with its zone: 2026-01-31, 2026-01-31T12:00:00Z';
    this.refuse({ path, value: text, message: 'this is no time of ISO 8601', allowed, fix: 'write it so' });
    return undefined;
  }

  /** Two bounds of which the first must not lie behind the second. */
  inOrder<T extends bigint | number>(
    first: readonly [Typed, T | undefined],
    last: readonly [Typed, T | undefined],
  ): void {
    const [[{ path, text }, low], [to, high]] = [first, last];
    if (low === undefined || high === undefined || low <= high) return;
    const message = `it lies behind ${to.path} ${to.text}, so that there is nothing between them`;
    this.refuse({ path, value: text, message, allowed: `up to ${to.text}`, fix: `swap ${path} and ${to.path}` });
  }

  refuse(problem: Problem): void {
    this.problems.push(problem);
  }
}
