import type { ClusterBroker } from '../../protocol/describe-cluster';
import { listOffsets, type TopicPartitions } from '../../protocol/list-offsets';
import type { TopicMetadata } from '../../protocol/metadata';
import type { Inquiry } from './inquiry';

/** Start and end offsets of a partition's log. */
export interface LogOffsets {
  /** Offset of the first record that has not been deleted. */
  readonly start: bigint;
  /** Offset after the last fully replicated record. */
  readonly highWatermark: bigint;
  /** Offset after the last record that does not belong to an open transaction or follow one. */
  readonly lastStable: bigint;
}

/** Reads the offsets of all partitions whose leader answers, by {@link logKey}. */
export async function readLogs(
  brokers: readonly ClusterBroker[],
  topics: readonly TopicMetadata[],
  inquiry: Inquiry,
): Promise<ReadonlyMap<string, LogOffsets>> {
  const logs = await Promise.all(brokers.map((broker) => logsOf(broker, ledBy(broker, topics), inquiry)));
  return new Map(logs.flat());
}

/** Key of a partition in maps. */
export const logKey = (topic: string, partition: number): string => `${topic}-${partition}`;

async function logsOf(broker: ClusterBroker, topics: readonly TopicPartitions[], inquiry: Inquiry) {
  if (topics.length === 0) return [];
  const offsets = async (which: keyof LogOffsets): Promise<ReadonlyMap<string, bigint>> => {
    const listed = await inquiry.askEach(broker, listOffsets(which, topics));
    return new Map(listed.map(({ topic, partition, offset }) => [logKey(topic, partition), offset]));
  };
  const [starts, ends, stableEnds] = await Promise.all([
    offsets('start'),
    offsets('highWatermark'),
    offsets('lastStable'),
  ]);
  return [...starts].flatMap(([key, start]) => {
    const [highWatermark, lastStable] = [ends.get(key), stableEnds.get(key)];
    if (highWatermark === undefined || lastStable === undefined) return [];
    return [[key, { start, highWatermark, lastStable }] as const];
  });
}

/** Partitions led by a broker. */
export const ledBy = ({ id }: ClusterBroker, topics: readonly TopicMetadata[]): readonly TopicPartitions[] =>
  topics
    .map(({ name, partitions }) => ({
      topic: name,
      partitions: partitions.filter(({ leaderId }) => leaderId === id).map(({ partition }) => partition),
    }))
    .filter(({ partitions }) => partitions.length > 0);
