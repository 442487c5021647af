import { NOTHING_ALLOWED, type Change, type Step } from './plan';
import { liveClusterOf, planFor, type TopicTarget } from './read-plan';

/** Descriptions of all differences between catalogue and cluster; empty if there are none. */
export async function verifyTopics(target: TopicTarget): Promise<readonly string[]> {
  const { differences, ofBrokers } = await verification(target);
  return [...differences, ...ofBrokers];
}

/** The state of the topics after a change. */
interface Verification {
  readonly plan: readonly Step[];
  /** Descriptions of differences on the topics. */
  readonly differences: readonly string[];
  /** Descriptions of values that topics inherit from brokers that do not run with their configuration. */
  readonly ofBrokers: readonly string[];
}

/** Compares the topics of a catalogue with the cluster. */
export async function verification(target: TopicTarget): Promise<Verification> {
  const cluster = await liveClusterOf(target);
  const wanted = new Set(target.topics.map(({ name }) => name));
  const plan = planFor({ ...target, allow: NOTHING_ALLOWED }, cluster);
  const outOfSync = cluster.topics.filter(({ name }) => wanted.has(name)).flatMap((topic) => topic.outOfSync);
  return { plan, differences: [...plan.flatMap(differencesOf), ...outOfSync], ofBrokers: plan.flatMap(brokersOf) };
}

const brokersOf = (step: Step): readonly string[] =>
  ('differences' in step ? (step.differences ?? []) : []).map((change) => difference(step.topic, change));

function differencesOf(step: Step): readonly string[] {
  const { topic } = step;
  switch (step.kind) {
    case 'create':
      return [`${topic}: missing`];
    case 'change':
      return step.changes.map((change) => difference(topic, change));
    case 'forbidden':
      return step.refused.map((refused) =>
        refused.before === '' ? `${topic}: ${refused.reason}` : difference(topic, refused),
      );
    case 'delete':
    case 'differing':
    case 'unchanged':
    case 'unmanaged':
      return [];
  }
}

function difference(topic: string, { setting, before, after, inherits, fix }: Change): string {
  const origin = inherits === undefined ? '' : ` (inherited: ${inherits})`;
  return `${topic}: ${setting} is ${before} instead of ${after}${origin}${fix === undefined ? '' : `; ${fix}`}`;
}
