import { isSameValue } from '../../../kafka-settings/kafka-value';
import type { ConfigSource } from '../../../protocol/describe-configs';
import { commandLine } from '../../../validation/command-line';
import type { WantedConfig, WantedSetting } from './wanted';

/** The setting that eligible leader replicas depend on. */
export const MIN_ISR = 'min.insync.replicas';

/** Settings by which brokers delete records of topics that have no value of their own. */
const DELETES_RECORDS: ReadonlySet<string> = new Set(['log.retention.bytes', 'log.retention.ms']);

/** A value in use on a broker. Null if there is none, or if it is a secret. */
export interface LiveValue {
  readonly value: string | null;
  /** `cluster` and `broker` values were set at run time; they win over `static` ones, which are in the broker's file. */
  readonly source: ConfigSource | undefined;
}

/** The settings that a broker uses. */
export interface LiveBroker {
  /** `broker 0`. */
  readonly name: string;
  /** Node id; undefined if the broker that answers stands for all. */
  readonly id?: number;
  readonly values: Readonly<Record<string, LiveValue>>;
}

/** The settings of a running cluster. */
export interface LiveConfig {
  /** Values set at run time for all brokers, by name. */
  readonly dynamic: Readonly<Record<string, string | null>>;
  readonly brokers: readonly LiveBroker[];
  /** Whether eligible leader replicas are in use: Kafka then does not let the min ISR of the cluster be removed. */
  readonly hasElr: boolean;
}

interface Difference {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
}

/** The planned change of one setting. */
export type ConfigStep =
  | (Difference & {
      readonly kind: 'change';
      /** Whether the value that was set at run time is removed, so that the files of the brokers decide again, or replaced. */
      readonly by: 'set' | 'remove';
      /** What the change causes. */
      readonly consequence: string;
    })
  | (Difference & { readonly kind: 'forbidden'; readonly reason: string })
  /** A difference that this command does not remove. */
  | (Difference & { readonly kind: 'differing'; readonly where: string; readonly fix: string })
  | { readonly kind: 'unchanged'; readonly setting: string }
  /** Set at run time, and not part of the configuration. */
  | { readonly kind: 'unmanaged'; readonly setting: string; readonly value: string; readonly where: string };

interface PlanInput {
  readonly wanted: WantedConfig;
  readonly live: LiveConfig;
  /** Whether a shorter retention may delete records. @default false */
  readonly allowDataLoss?: boolean;
}

/** Steps for each setting of the configuration, and for each other setting that somebody set at run time, ordered by name. */
export function planConfig(input: PlanInput): readonly ConfigStep[] {
  const { wanted, live } = input;
  const steps = [
    ...Object.entries(wanted.settings).flatMap(([name, setting]) => stepsFor(name, setting, input)),
    ...othersIn(live, wanted),
  ];
  return steps.sort((a, b) => (a.setting < b.setting ? -1 : a.setting > b.setting ? 1 : 0));
}

function stepsFor(setting: string, wanted: WantedSetting, input: PlanInput): readonly ConfigStep[] {
  const { dynamic, brokers } = input.live;
  const isWanted = (value: string | null): boolean => value !== null && isSameValue(wanted.type, value, wanted.value);
  const now = dynamic[setting];
  const changes = now === undefined || isWanted(now) ? [] : [change(setting, { now, wanted }, input)];
  // A value of the files is not in use as long as one is set at run time.
  const differing = brokers.flatMap(({ name, id, values }) => {
    const live = values[setting];
    if (live === undefined || live.source === 'cluster' || isWanted(live.value)) return [];
    const difference = { setting, before: live.value ?? NO_VALUE, after: wanted.value, where: whereOf(name, live) };
    return [{ kind: 'differing' as const, ...difference, fix: fixOf(setting, live, id) }];
  });
  const steps = [...changes, ...differing];
  return steps.length === 0 ? [{ kind: 'unchanged', setting }] : steps;
}

const NO_VALUE = '(no value)';

interface Values {
  readonly now: string | null;
  readonly wanted: WantedSetting;
}

function change(setting: string, { now, wanted }: Values, { live, allowDataLoss = false }: PlanInput): ConfigStep {
  const difference = { setting, before: now ?? NO_VALUE, after: wanted.value };
  if (!allowDataLoss && DELETES_RECORDS.has(setting) && limitOf(wanted.value) < limitOf(now ?? '')) {
    const reason =
      'topics without a value of their own would keep less, and existing records would be deleted; if this is intended, --allow-data-loss';
    return { kind: 'forbidden', ...difference, reason };
  }
  const by = setting === MIN_ISR && live.hasElr ? 'set' : 'remove';
  return { kind: 'change', ...difference, by, consequence: consequenceOf(setting, live) };
}

/** Kafka's -1 means unlimited. */
const limitOf = (value: string): number => (Number(value) < 0 ? Infinity : Number(value));

function consequenceOf(setting: string, { hasElr }: LiveConfig): string {
  if (setting !== MIN_ISR || !hasElr)
    return 'the value that was set at run time is removed, and the files of the brokers decide again';
  return (
    'clears the eligible leader replicas (ELR) of every partition: one that loses all of its in-sync replicas before it has them ' +
    'again stays without a leader, so apply it while all replicas are in sync. The value cannot be removed, only set, because ' +
    'Kafka keeps it in the metadata of the cluster. Topics of the catalogue have values of their own ' +
    `(${commandLine('topics plan')})`
  );
}

const whereOf = (name: string, { source }: LiveValue): string =>
  source === 'broker' ? `set at run time on ${name} only` : `${name} does not run with this configuration`;

const fixOf = (setting: string, { source }: LiveValue, id: number | undefined): string =>
  source === 'broker'
    ? `kafka-configs.sh --alter --entity-type brokers --entity-name ${id ?? '<id>'} --delete-config ${setting}`
    : `restart the brokers with it (${commandLine('deploy')})`;

function othersIn({ dynamic, brokers }: LiveConfig, { named }: WantedConfig): readonly ConfigStep[] {
  const isOther = ([name]: readonly [string, unknown]): boolean => !named.has(name);
  const step = (setting: string, value: string | null, where: string): ConfigStep => ({
    kind: 'unmanaged',
    setting,
    value: value ?? '(secret)',
    where,
  });
  return [
    ...Object.entries(dynamic)
      .filter(isOther)
      .map(([name, value]) => step(name, value, 'all brokers')),
    ...brokers.flatMap(({ name: broker, values }) =>
      Object.entries(values)
        .filter((entry) => isOther(entry) && entry[1].source === 'broker')
        .map(([name, { value }]) => step(name, value, broker)),
    ),
  ];
}
