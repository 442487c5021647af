import { DESCRIBE_CLUSTER } from './describe-cluster';
import type { TopicPartition } from './fetch-log';
import { METADATA } from './metadata';
import { ask } from './request';

/** `host:port` of the broker that leads a partition. @throws when it has no leader */
export async function partitionLeader(
  bootstrap: readonly string[],
  { topic, partition }: TopicPartition,
): Promise<string> {
  const topics = await ask(bootstrap, METADATA);
  const { brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
  const partitions = topics.find(({ name }) => name === topic)?.partitions ?? [];
  const leader = partitions.find((each) => each.partition === partition)?.leaderId;
  const broker = brokers.find(({ id }) => id === leader);
  if (broker === undefined) throw new Error(`${topic}-${partition} has no leader`);
  return `${broker.host}:${broker.port}`;
}
