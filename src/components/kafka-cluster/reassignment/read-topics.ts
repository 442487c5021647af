import type { KafkaConnection } from '../../../protocol/connection';
import { describeTopics } from '../../../protocol/describe-topic-configs';
import { METADATA } from '../../../protocol/metadata';
import { ask } from '../../../protocol/request';
import type { TopicThrottle } from './placement';
import { FOLLOWER_REPLICAS, LEADER_REPLICAS, TOPIC_REPLICAS } from './settings';

/** Number of topics in one request. */
const BATCH = 250;

const MIN_ISR = 'min.insync.replicas';

/** The settings of a topic that matter while it moves. */
export interface TopicLimits extends TopicThrottle {
  /** `min.insync.replicas`, of the topic or inherited. */
  readonly minInSync: number;
}

/** Settings of these topics, by name. Fails with code 3 if the broker does not know one of them. */
export async function readTopics(
  connection: KafkaConnection,
  names: readonly string[],
): Promise<ReadonlyMap<string, TopicLimits>> {
  const found = new Map<string, TopicLimits>();
  for (let at = 0; at < names.length; at += BATCH) {
    const request = describeTopics(names.slice(at, at + BATCH), { settings: [MIN_ISR, ...TOPIC_REPLICAS] });
    for (const { topic, settings } of await ask(connection, request)) {
      const valueOf = (name: string): string => settings[name]?.value ?? '';
      const [leader, follower] = [valueOf(LEADER_REPLICAS), valueOf(FOLLOWER_REPLICAS)];
      found.set(topic, { topic, leader, follower, minInSync: Number(valueOf(MIN_ISR)) });
    }
  }
  return found;
}

/** The same for those of these topics that still exist. */
export async function readExistingTopics(
  connection: KafkaConnection,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, TopicLimits>> {
  const existing = (await ask(connection, METADATA)).map(({ name }) => name);
  return readTopics(
    connection,
    existing.filter((name) => names.has(name)),
  );
}

/** Whether a topic has throttled replicas. */
export const isThrottled = ({ leader, follower }: TopicThrottle): boolean => leader !== '' || follower !== '';
