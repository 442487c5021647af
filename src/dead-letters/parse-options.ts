import { ConfigError } from '../config/problems';
import { chainOf, groups, retryTarget, sourceTarget, type Chain, type Target } from './chains';
import type { Filters } from './filters';
import { OptionValues } from './option-values';

/** Records a second. */
export const DEFAULT_RATE = 100;
const HIGHEST_RATE = 100_000;

type OptionName = 'group' | 'partition' | 'from' | 'to' | 'key' | 'error' | 'since' | 'until';

/** Options as they are typed. */
export type FilterOptions = Readonly<Partial<Record<OptionName, string>>>;

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
  const values = new OptionValues();
  return complete(values, selectionOf(options, values));
}

/** @throws {ConfigError} with all that is wrong */
export function parseReplay(options: ReplayOptions): ReplayRequest {
  const values = new OptionValues();
  const { chain, filters } = selectionOf(options, values);
  const target = targetOf(options.target, chain, values);
  const rate = values.wholeNumber({ path: '--rate', text: options.rate }, 1, HIGHEST_RATE) ?? DEFAULT_RATE;
  return complete(values, { chain, filters, target, rate });
}

/** What has to be there and is not has its problem. */
function complete<T>({ problems }: OptionValues, parsed: { readonly [K in keyof T]: T[K] | undefined }): T {
  if (problems.length > 0) throw new ConfigError('npm run dead-letters', problems, 'nothing was read or written');
  return parsed as T;
}

function selectionOf({ group, key, error, ...options }: FilterOptions, values: OptionValues) {
  const chain = chainOf(group);
  if (chain === undefined) {
    const message = group === undefined ? 'whose dead letters are meant is missing' : 'this group has no dead letters';
    values.refuse({ path: '--group', value: group, message, allowed: groups.join(', '), fix: 'name one of them' });
  }
  const typed = (name: keyof typeof options) => ({ path: `--${name}`, text: options[name] });
  const filters: Filters = {
    partition: values.wholeNumber(typed('partition'), 0, (chain?.topics[0]?.partitions ?? Infinity) - 1),
    from: values.offset(typed('from')),
    to: values.offset(typed('to')),
    key,
    error,
    since: values.time(typed('since')),
    until: values.time(typed('until')),
  };
  values.inOrder([typed('from'), filters.from], [typed('to'), filters.to]);
  values.inOrder([typed('since'), filters.since], [typed('until'), filters.until]);
  return { chain, filters };
}

/** The retry topic where there is one, for it disturbs no other group. */
function targetOf(name: string | undefined, chain: Chain | undefined, values: OptionValues): Target | undefined {
  const targets = {
    retry: chain && retryTarget(chain),
    source: chain && sourceTarget(chain),
  };
  const allowed = chain === undefined || targets.retry !== undefined ? ['retry', 'source'] : ['source'];
  if (name === undefined) return targets.retry ?? targets.source;
  if (allowed.includes(name)) return targets[name as keyof typeof targets];
  const message = name === 'retry' ? 'the chain of this group has no retry topic' : 'there is no such target';
  values.refuse({
    path: '--target',
    value: name,
    message,
    allowed: allowed.join(', '),
    fix: 'name one, or none',
  });
  return undefined;
}
