import type { Topic } from './topic';
import type { Inheritances } from './inheritance';
import type { LiveTopic } from './live-topics';
import { nameProblems } from './name-problems';
import { isSameSetting } from './setting-types';
import { topicConfig } from './topic-config';
import { unsetSettings, type UnsetSetting } from './unset-settings';

/** A setting that differs. `before` says so if the topic only inherits the current value. */
export interface Change {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
  /**
   * Description of where the value comes from after the topic's own value is removed; undefined if the topic sets the
   * value.
   */
  readonly inherits?: string;
  /** Description of an alternative or of further action that is needed. */
  readonly fix?: string;
}

/** A change that is never made, or only if it is allowed explicitly. */
export interface Refused extends Change {
  readonly reason: string;
}

/** The planned changes of one topic. */
export type Step =
  | { readonly kind: 'create'; readonly topic: string; readonly definition: Topic }
  | {
      readonly kind: 'change';
      readonly topic: string;
      readonly changes: readonly Change[];
      /** As in `differing`; undefined if there are none. */
      readonly differences?: readonly Change[];
    }
  /**
   * The topic inherits values from brokers that do not run with their configuration. Changing the topic does not remove
   * these differences.
   */
  | { readonly kind: 'differing'; readonly topic: string; readonly differences: readonly Change[] }
  | { readonly kind: 'delete'; readonly topic: string }
  | {
      readonly kind: 'forbidden';
      readonly topic: string;
      readonly refused: readonly Refused[];
      /** Whether the refusal is due to the topic's state in the cluster, and not to its name or to an allowance. */
      readonly isLive?: true;
    }
  | { readonly kind: 'unchanged' | 'unmanaged'; readonly topic: string };

/** Potentially unsafe changes that are made only for the named topics. */
export interface Allowances {
  readonly partitionGrowth: readonly string[];
  readonly delete: readonly string[];
  /** Topics that may lose records when a setting returns to the inherited value. @default none */
  readonly dataLoss?: readonly string[];
}

export const NOTHING_ALLOWED: Allowances = { partitionGrowth: [], delete: [], dataLoss: [] };

interface PlanInput extends Inheritances {
  readonly desired: readonly Topic[];
  readonly live: readonly LiveTopic[];
  readonly allow: Allowances;
}

/** Name of the partition count among the settings of a topic. */
export const PARTITIONS = 'partitions';

/** One step for each topic of the catalogue, of the cluster and of the allowances, ordered by name. */
export function planTopics({ desired, live, allow, ...inheritances }: PlanInput): readonly Step[] {
  const found = new Map(live.map((topic) => [topic.name, topic]));
  const wanted = new Set(desired.map(({ name }) => name));
  const context = { allow, ...inheritances, names: [...wanted, ...found.keys()], defaults: defaultsOf(live) };
  const steps = [
    ...desired.map((topic) => stepFor(topic, found.get(topic.name), context)),
    ...live.filter(({ name }) => !wanted.has(name)).map(({ name }) => stepForOther(name, allow)),
    ...impossibleAllowances({ wanted, found: new Set(found.keys()), allow }),
  ];
  return steps.sort((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0));
}

interface Context extends Inheritances {
  readonly allow: Allowances;
  /** Names of all topics of the catalogue and of the cluster. */
  readonly names: readonly string[];
  /** Values of settings that at least one topic does not set itself. */
  readonly defaults: ReadonlyMap<string, string>;
}

const defaultsOf = (live: readonly LiveTopic[]): ReadonlyMap<string, string> =>
  new Map(
    live.flatMap(({ settings }) =>
      Object.entries(settings).flatMap(([name, { value, onTopic }]) => (onTopic ? [] : [[name, value] as const])),
    ),
  );

function stepFor(definition: Topic, live: LiveTopic | undefined, context: Context): Step {
  const topic = definition.name;
  if (live === undefined) {
    const refused = nameProblems(topic, context.names).map((reason) => ({
      setting: 'name',
      before: '',
      after: '',
      reason,
    }));
    return refused.length > 0 ? { kind: 'forbidden', topic, refused } : { kind: 'create', topic, definition };
  }
  const { changes: unset, differences } = unsetSettings(definition, live, context);
  const refused = [...refusedChanges(definition, live, context.allow), ...losses(topic, unset, context.allow)];
  if (refused.length > 0) return { kind: 'forbidden', topic, refused, isLive: true };
  const changes = [...partitionChange(definition, live), ...settingChanges(definition, live), ...unset];
  if (changes.length > 0) return { kind: 'change', topic, changes, ...(differences.length > 0 && { differences }) };
  return differences.length > 0 ? { kind: 'differing', topic, differences } : { kind: 'unchanged', topic };
}

const losses = (topic: string, unset: readonly UnsetSetting[], { dataLoss = [] }: Allowances): readonly Refused[] =>
  dataLoss.includes(topic)
    ? []
    : unset.flatMap(({ setting, before, after, risk }) =>
        risk === undefined
          ? []
          : [
              {
                setting,
                before,
                after,
                reason: `${risk}; set it in the catalogue, or if this is intended, --allow-data-loss ${topic}`,
              },
            ],
      );

const stepForOther = (topic: string, allow: Allowances): Step => ({
  kind: allow.delete.includes(topic) ? 'delete' : 'unmanaged',
  topic,
});

function refusedChanges(definition: Topic, live: LiveTopic, allow: Allowances): readonly Refused[] {
  const partitions = { setting: PARTITIONS, before: String(live.partitions), after: String(definition.partitions) };
  const replication = {
    setting: 'replicationFactor',
    before: String(live.replicationFactor),
    after: String(definition.replicationFactor),
  };
  const growsKeyed = definition.keyed && definition.partitions > live.partitions;
  return [
    ...when(definition.partitions < live.partitions, {
      ...partitions,
      reason: 'Kafka cannot remove partitions; create a new topic and copy the records',
    }),
    ...when(growsKeyed && !allow.partitionGrowth.includes(definition.name), {
      ...partitions,
      reason:
        'the topic is keyed: later records of a key would go to another partition than its earlier ones, which loses their ' +
        'order; producers keep using the old number of partitions until they refresh their metadata (10 s with this client, up ' +
        'to 5 minutes with others), so stop them before the change and start them together afterwards; ' +
        `if this is intended, --allow-partition-growth ${definition.name}`,
    }),
    ...when(definition.replicationFactor !== live.replicationFactor, {
      ...replication,
      reason:
        'the replication factor is changed by a reassignment of partitions; use kafka-reassign-partitions.sh, or restore the catalogue',
    }),
  ];
}

const when = (condition: boolean, refused: Refused): readonly Refused[] => (condition ? [refused] : []);

function partitionChange({ partitions }: Topic, live: LiveTopic): readonly Change[] {
  if (partitions === live.partitions) return [];
  return [{ setting: PARTITIONS, before: String(live.partitions), after: String(partitions) }];
}

/** A setting that the topic only inherits counts as different: it would change with the brokers' default. */
function settingChanges(definition: Topic, live: LiveTopic): readonly Change[] {
  return Object.entries(topicConfig(definition)).flatMap(([setting, after]) => {
    const now = live.settings[setting];
    if (now?.onTopic === true && isSameSetting(setting, now.value, after)) return [];
    const before = now === undefined ? '(unknown)' : now.onTopic ? now.value : `${now.value} (inherited)`;
    return [{ setting, before, after }];
  });
}

interface Names {
  readonly wanted: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
  readonly allow: Allowances;
}

/** A misspelt topic name must be reported; otherwise it would seem that the allowance was used. */
function impossibleAllowances({ wanted, found, allow }: Names): readonly Step[] {
  const refuse = (topic: string, setting: string, reason: string): Step => ({
    kind: 'forbidden',
    topic,
    refused: [{ setting, before: '', after: '', reason }],
  });
  return [
    ...allow.delete
      .filter((topic) => wanted.has(topic))
      .map((topic) => refuse(topic, '--delete', 'the topic is still in the catalogue; remove it there first')),
    ...allow.delete
      .filter((topic) => !wanted.has(topic) && !found.has(topic))
      .map((topic) =>
        refuse(topic, '--delete', 'the cluster has no topic of this name other than Kafka’s internal topics'),
      ),
    ...allow.partitionGrowth
      .filter((topic) => !wanted.has(topic))
      .map((topic) => refuse(topic, '--allow-partition-growth', 'the catalogue has no topic of this name')),
    ...(allow.dataLoss ?? [])
      .filter((topic) => !wanted.has(topic))
      .map((topic) => refuse(topic, '--allow-data-loss', 'the catalogue has no topic of this name')),
  ];
}
