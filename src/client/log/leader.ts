import { DESCRIBE_CLUSTER } from '../../wire/describe-cluster';
import { METADATA } from '../../wire/metadata';
import { askServer } from '../../wire/request';

/** One that is frozen must not hold up the others. */
const ANSWER_MS = 3_000;

/**
 * `host:port` of a partition's leader. All brokers are asked, and who was elected last counts: one that was frozen answers
 * for a moment as if it still led, and lacks what has been committed since.
 * @throws when it has none, or no broker tells
 */
export async function leaderOf(
  bootstrap: readonly string[],
  { topic, partition }: { readonly topic: string; readonly partition: number },
): Promise<string> {
  const { brokers } = await Promise.any(
    bootstrap.map((server) => askServer(server, DESCRIBE_CLUSTER, ANSWER_MS)),
  ).catch((error: unknown) => {
    throw (error as AggregateError).errors[0] as Error;
  });
  const addresses = new Map(brokers.map(({ id, host, port }) => [id, `${host}:${port}`]));
  const answers = await Promise.allSettled(
    [...addresses.values()].map((server) => askServer(server, METADATA, ANSWER_MS)),
  );
  const [newest] = answers
    .flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    .filter(({ name }) => name === topic)
    .flatMap(({ partitions }) => partitions.filter((each) => each.partition === partition))
    .sort((one, other) => other.leaderEpoch - one.leaderEpoch);
  const leader = addresses.get(newest?.leaderId ?? -1);
  if (leader === undefined) throw new Error(`${topic}-${partition} has no leader`);
  return leader;
}
