import { ConfigError } from '../validation/problems';
import type { DeclaredChain as Chain } from '../platform/declared-chain';
import { otherReaders, retryTarget, sourceTarget, type Target } from './chains';
import type { Filters } from './filters';
import { OptionValues } from './option-values';
import { commandLine } from '../validation/command-line';

/** Records per second. */
export const DEFAULT_RATE = 100;
const HIGHEST_RATE = 100_000;

type OptionName = 'group' | 'partition' | 'from' | 'to' | 'key' | 'error' | 'since' | 'until';

/** Options as text. */
export type FilterOptions = Readonly<Partial<Record<OptionName, string>>>;

export interface ReplayOptions extends FilterOptions {
  readonly target?: string;
  readonly rate?: string;
}

/** The selected dead letter records. */
export interface Selection {
  readonly chain: Chain;
  readonly filters: Filters;
}

export interface ReplayRequest extends Selection {
  readonly target: Target;
  /** Other groups that read the target topic. */
  readonly otherReaders: readonly string[];
  /** Records per second. */
  readonly rate: number;
}

/**
 * @param chains retry chains of the catalogue
 * @throws {ConfigError} with all problems
 */
export function parseSelection(options: FilterOptions, chains: readonly Chain[]): Selection {
  const values = new OptionValues();
  return complete(values, selectionOf(options, chains, values));
}

/**
 * @param chains retry chains of the catalogue
 * @throws {ConfigError} with all problems
 */
export function parseReplay(options: ReplayOptions, chains: readonly Chain[]): ReplayRequest {
  const values = new OptionValues();
  const { chain, filters } = selectionOf(options, chains, values);
  const target = targetOf(options.target, chain, values);
  const rate = values.wholeNumber({ path: '--rate', text: options.rate }, 1, HIGHEST_RATE) ?? DEFAULT_RATE;
  const others = chain && target && otherReaders(chains, chain, target);
  return complete(values, { chain, filters, target, otherReaders: others, rate });
}

/** Every missing required value has a problem. */
function complete<T>({ problems }: OptionValues, parsed: { readonly [K in keyof T]: T[K] | undefined }): T {
  if (problems.length > 0) throw new ConfigError(commandLine('dead-letters'), problems, 'nothing was read or written');
  return parsed as T;
}

function selectionOf({ group, key, error, ...options }: FilterOptions, chains: readonly Chain[], values: OptionValues) {
  const chain = chains.find((each) => each.group === group);
  if (chain === undefined) {
    const message = group === undefined ? 'the group is missing' : 'this group has no dead letter topic';
    const allowed = chains.map((each) => each.group).join(', ');
    values.refuse({ path: '--group', value: group, message, allowed, fix: 'name one of them' });
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

/** The default is the retry topic, because no other group reads it. */
function targetOf(name: string | undefined, chain: Chain | undefined, values: OptionValues): Target | undefined {
  const targets = {
    retry: chain && retryTarget(chain),
    source: chain && sourceTarget(chain),
  };
  const allowed = chain === undefined || targets.retry !== undefined ? ['retry', 'source'] : ['source'];
  if (name === undefined) return targets.retry ?? targets.source;
  if (allowed.includes(name)) return targets[name as keyof typeof targets];
  const message = name === 'retry' ? 'the chain of this group has no retry topic' : 'this target does not exist';
  values.refuse({
    path: '--target',
    value: name,
    message,
    allowed: allowed.join(', '),
    fix: 'choose one of them, or omit the option',
  });
  return undefined;
}
