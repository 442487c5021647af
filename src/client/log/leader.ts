import { toServer, type KafkaConnection } from '../../protocol/connection';
import { DESCRIBE_CLUSTER } from '../../protocol/describe-cluster';
import { METADATA } from '../../protocol/metadata';
import { askAny, askServer } from '../../protocol/request';
import { RetriableError } from '../errors';
import { TopicMissing } from '../producer/missing';

/** A frozen broker must not delay the answers of the others. */
const TIMING = { timeoutMs: 3_000 };

interface PartitionQuestion {
  readonly topic: string;
  readonly partition: number;
}

/** The leader of a partition, and the id of its topic. */
export interface Leader {
  /** Address as `host:port`. */
  readonly server: string;
  readonly topicId: string;
}

/**
 * Finds the leader of a partition. All brokers are asked, and the highest leader epoch counts: a broker that was frozen
 * may still claim to lead, and lacks records that were committed since.
 * @throws {TopicMissing} if no broker knows the topic
 * @throws {RetriableError} if the partition has no leader
 * @throws the error of the first broker if no broker answers
 */
export async function leaderOf(connection: KafkaConnection, { topic, partition }: PartitionQuestion): Promise<Leader> {
  const { brokers } = await askAny(connection, DESCRIBE_CLUSTER, TIMING);
  const addresses = new Map(brokers.map(({ id, host, port }) => [id, `${host}:${port}`]));
  const answers = await Promise.allSettled(
    [...addresses.values()].map((server) => askServer(toServer(connection, server), METADATA, TIMING)),
  );
  const told = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const found = told.filter(({ name }) => name === topic);
  if (told.length > 0 && found.length === 0) throw new TopicMissing(topic);
  const [newest] = found
    .flatMap(({ id, partitions }) =>
      partitions.filter((each) => each.partition === partition).map((each) => ({ ...each, topicId: id })),
    )
    .sort((one, other) => other.leaderEpoch - one.leaderEpoch);
  const server = addresses.get(newest?.leaderId ?? -1);
  if (newest === undefined || server === undefined) throw new RetriableError(`${topic}-${partition} has no leader`);
  return { server, topicId: newest.topicId };
}
