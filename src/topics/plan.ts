import type { Topic } from '../config/topics';
import type { LiveTopic } from './live-topics';
import { topicConfig } from './topic-config';

/** One setting that differs; `before` says so when the topic only inherits its value. */
export interface Change {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
}

/** A change that is never made, or only when it is asked for by name. */
export interface Refused extends Change {
  readonly reason: string;
}

/** What stands to be done about one topic. */
export type Step =
  | { readonly kind: 'create'; readonly topic: string; readonly definition: Topic }
  | { readonly kind: 'change'; readonly topic: string; readonly changes: readonly Change[] }
  | { readonly kind: 'delete'; readonly topic: string }
  | { readonly kind: 'forbidden'; readonly topic: string; readonly refused: readonly Refused[] }
  | { readonly kind: 'unchanged' | 'unmanaged'; readonly topic: string };

/** What may be done only when asked for, by name of the topic. */
export interface Allowances {
  readonly partitionGrowth: readonly string[];
  readonly delete: readonly string[];
}

export const NOTHING_ALLOWED: Allowances = { partitionGrowth: [], delete: [] };

interface PlanInput {
  readonly desired: readonly Topic[];
  readonly live: readonly LiveTopic[];
  readonly allow: Allowances;
}

/** Name of the number of partitions among a topic's settings. */
export const PARTITIONS = 'partitions';

/** One step for each topic of the catalogue, of the cluster and of the allowances, in the order of names. */
export function planTopics({ desired, live, allow }: PlanInput): readonly Step[] {
  const found = new Map(live.map((topic) => [topic.name, topic]));
  const wanted = new Set(desired.map(({ name }) => name));
  const steps = [
    ...desired.map((topic) => stepFor(topic, found.get(topic.name), allow)),
    ...live.filter(({ name }) => !wanted.has(name)).map(({ name }) => stepForOther(name, allow)),
    ...impossibleAllowances({ wanted, found: new Set(found.keys()), allow }),
  ];
  return steps.sort((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : 0));
}

function stepFor(definition: Topic, live: LiveTopic | undefined, allow: Allowances): Step {
  const topic = definition.name;
  if (live === undefined) return { kind: 'create', topic, definition };
  const refused = refusedChanges(definition, live, allow);
  if (refused.length > 0) return { kind: 'forbidden', topic, refused };
  const changes = [...partitionChange(definition, live), ...settingChanges(definition, live)];
  return changes.length === 0 ? { kind: 'unchanged', topic } : { kind: 'change', topic, changes };
}

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
      reason: 'Kafka cannot take partitions away; make a new topic and move the records',
    }),
    ...when(growsKeyed && !allow.partitionGrowth.includes(definition.name), {
      ...partitions,
      reason:
        'the topic is keyed: later records of a key would go to another partition than its earlier ones; ' +
        `if that is wanted, --allow-partition-growth ${definition.name}`,
    }),
    ...when(definition.replicationFactor !== live.replicationFactor, {
      ...replication,
      reason:
        'replicas are moved by a reassignment, not by a topic change; use kafka-reassign-partitions.sh, or restore the catalogue',
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
    if (now?.value === after && now.onTopic) return [];
    const before = now === undefined ? '(unknown)' : now.onTopic ? now.value : `${now.value} (inherited)`;
    return [{ setting, before, after }];
  });
}

interface Names {
  readonly wanted: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
  readonly allow: Allowances;
}

/** A misspelt name must not pass for a wish that was fulfilled. */
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
      .map((topic) => refuse(topic, '--delete', 'there is no topic of this name outside of Kafka’s internal ones')),
    ...allow.partitionGrowth
      .filter((topic) => !wanted.has(topic))
      .map((topic) => refuse(topic, '--allow-partition-growth', 'there is no topic of this name in the catalogue')),
  ];
}
