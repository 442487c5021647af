import { ConfigError, type Problem } from '../config/problems';
import { chainOf, groups, retryTarget, sourceTarget, type Chain, type Target } from './chains';
import type { Filters } from './filters';

/** Records a second. */
export const DEFAULT_RATE = 100;
const HIGHEST_RATE = 100_000;
const OFFSET = /^\d{1,18}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Options as they are typed. */
export interface FilterOptions extends Readonly<
  Partial<Record<'group' | 'partition' | 'from' | 'to' | 'key' | 'error' | 'since' | 'until', string>>
> {}

export interface ReplayOptions extends FilterOptions {
  readonly target?: string;
  readonly rate?: string;
}

/** Letters that are meant. */
export interface Selection {
  readonly chain: Chain;
  readonly filters: Filters;
}

export interface ReplayRequest extends Selection {
  readonly target: Target;
  /** Records a second. */
  readonly rate: number;
}

/** @throws {ConfigError} with all that is wrong */
export function parseSelection(options: FilterOptions): Selection {
  const problems: Problem[] = [];
  return complete(problems, selection(options, problems));
}

/** @throws {ConfigError} with all that is wrong */
export function parseReplay(options: ReplayOptions): ReplayRequest {
  const problems: Problem[] = [];
  const { chain, filters } = selection(options, problems);
  const target = targetOf(options.target, chain, problems);
  const rate = wholeNumber('--rate', options.rate ?? String(DEFAULT_RATE), [1, HIGHEST_RATE], problems);
  return complete(problems, { chain, filters, target, rate });
}

type Incomplete<T> = { readonly [K in keyof T]: T[K] | undefined };

/** What is undefined has its problem. */
function complete<T>(problems: readonly Problem[], parsed: Incomplete<T>): T {
  if (problems.length > 0) throw new ConfigError('npm run dead-letters', problems, 'nothing was read or written');
  return parsed as T;
}

function selection(options: FilterOptions, problems: Problem[]) {
  const { group, partition, key, error } = options;
  const chain = chainOf(group);
  if (chain === undefined) {
    const message = group === undefined ? 'the group whose dead letters are meant is missing' : 'no such group has any';
    problems.push({ path: '--group', value: group, message, allowed: groups.join(', '), fix: 'name one of them' });
  }
  const partitions = chain?.topics[0]?.partitions ?? Infinity;
  const filters: Filters = {
    partition:
      partition === undefined ? undefined : wholeNumber('--partition', partition, [0, partitions - 1], problems),
    from: offset('--from', options.from, problems),
    to: offset('--to', options.to, problems),
    key,
    error,
    since: time('--since', options.since, problems),
    until: time('--until', options.until, problems),
  };
  inOrder(['--from', filters.from, options.from], ['--to', filters.to, options.to], problems);
  inOrder(['--since', filters.since, options.since], ['--until', filters.until, options.until], problems);
  return { chain, filters };
}

function targetOf(name: string | undefined, chain: Chain | undefined, problems: Problem[]): Target | undefined {
  const retry = chain && retryTarget(chain);
  const allowed = chain === undefined || retry !== undefined ? ['retry', 'source'] : ['source'];
  if (name !== undefined && !allowed.includes(name)) {
    const message = name === 'retry' ? `the chain of ${chain?.group} has no retry topic` : 'there is no such target';
    problems.push({ path: '--target', value: name, message, allowed: allowed.join(', '), fix: 'name one, or none' });
    return undefined;
  }
  return name === 'source' ? chain && sourceTarget(chain) : (retry ?? (chain && sourceTarget(chain)));
}

function wholeNumber(
  path: string,
  text: string,
  [lowest, highest]: readonly [number, number],
  problems: Problem[],
): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  const allowed =
    highest === Infinity ? `a whole number from ${lowest} on` : `a whole number from ${lowest} to ${highest}`;
  problems.push({ path, value: text, message: 'this is no such number', allowed, fix: `set ${path} to ${allowed}` });
  return undefined;
}

function offset(path: string, text: string | undefined, problems: Problem[]): bigint | undefined {
  if (text === undefined) return undefined;
  if (OFFSET.test(text)) return BigInt(text);
  const allowed = 'a whole number from 0 on';
  problems.push({ path, value: text, message: 'this is no offset', allowed, fix: 'take one that list shows' });
  return undefined;
}

function time(path: string, text: string | undefined, problems: Problem[]): number | undefined {
  if (text === undefined) return undefined;
  const [, date] = TIME.exec(text) ?? [];
  const value = Date.parse(text);
  // A day that its month does not have is taken for one of the next month.
  if (date !== undefined && !isNaN(value) && new Date(date).toISOString().startsWith(date)) return value;
  const allowed = 'a date (midnight in UTC), or a time with its zone: 2026-01-31, 2026-01-31T12:00:00Z';
  problems.push({ path, value: text, message: 'this is no time of ISO 8601', allowed, fix: 'write it so' });
  return undefined;
}

type Bound = readonly [path: string, value: bigint | number | undefined, text: string | undefined];

function inOrder([path, low, text]: Bound, [last, high, highText]: Bound, problems: Problem[]): void {
  if (low === undefined || high === undefined || low <= high) return;
  const message = `it lies behind ${last} ${highText}, so that there is nothing between them`;
  problems.push({ path, value: text, message, allowed: `up to ${highText}`, fix: `swap ${path} and ${last}` });
}
