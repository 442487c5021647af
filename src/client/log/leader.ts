import { DESCRIBE_CLUSTER } from '../../wire/describe-cluster';
import { METADATA } from '../../wire/metadata';
import { ask } from '../../wire/request';

/** `host:port` of a partition's leader. @throws when it has none, or no broker tells */
export async function leaderOf(
  bootstrap: readonly string[],
  { topic, partition }: { readonly topic: string; readonly partition: number },
): Promise<string> {
  const topics = await ask(bootstrap, METADATA);
  const { brokers } = await ask(bootstrap, DESCRIBE_CLUSTER);
  const partitions = topics.find(({ name }) => name === topic)?.partitions ?? [];
  const leader = partitions.find((each) => each.partition === partition)?.leaderId;
  const broker = brokers.find(({ id }) => id === leader);
  if (broker === undefined) throw new Error(`${topic}-${partition} has no leader`);
  return `${broker.host}:${broker.port}`;
}
