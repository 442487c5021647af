import type { Problem } from '../validation/problems';

const OFFSET = /^\d{1,18}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The name and the text of an option. */
export interface Typed {
  readonly path: string;
  readonly text: string | undefined;
}

/** Parses options and collects their problems. A value is undefined if the option is missing or has a problem. */
export class OptionValues {
  readonly problems: Problem[] = [];

  wholeNumber({ path, text }: Typed, lowest: number, highest: number): number | undefined {
    if (text === undefined) return undefined;
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= lowest && value <= highest) return value;
    const allowed = `a whole number from ${lowest} ${highest === Infinity ? 'on' : `to ${highest}`}`;
    this.refuse({ path, value: text, message: 'this is not a valid number', allowed, fix: `set ${path} to one` });
    return undefined;
  }

  offset({ path, text }: Typed): bigint | undefined {
    if (text === undefined) return undefined;
    if (OFFSET.test(text)) return BigInt(text);
    const allowed = 'a whole number from 0 on';
    this.refuse({ path, value: text, message: 'this is not an offset', allowed, fix: 'use an offset that list shows' });
    return undefined;
  }

  /** @returns milliseconds since 1970 */
  time({ path, text }: Typed): number | undefined {
    if (text === undefined) return undefined;
    const [, date] = TIME.exec(text) ?? [];
    const value = Date.parse(text);
    // JavaScript converts a day that its month does not have to a day of the next month.
    if (date !== undefined && !isNaN(value) && new Date(date).toISOString().startsWith(date)) return value;
    const allowed = 'a date (midnight in UTC), or a time with its zone: 2026-01-31, 2026-01-31T12:00:00Z';
    this.refuse({ path, value: text, message: 'this is not an ISO 8601 time', allowed, fix: 'write it so' });
    return undefined;
  }

  /** Checks that the first of two limits is not greater than the second. */
  inOrder<T extends bigint | number>(
    first: readonly [Typed, T | undefined],
    last: readonly [Typed, T | undefined],
  ): void {
    const [[{ path, text }, low], [to, high]] = [first, last];
    if (low === undefined || high === undefined || low <= high) return;
    const message = `it is greater than ${to.path} ${to.text}, so the range is empty`;
    this.refuse({ path, value: text, message, allowed: `up to ${to.text}`, fix: `swap ${path} and ${to.path}` });
  }

  refuse(problem: Problem): void {
    this.problems.push(problem);
  }
}
