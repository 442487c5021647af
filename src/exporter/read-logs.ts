import type { ClusterBroker } from '../wire/describe-cluster';
import { listOffsets, type TopicPartitions } from '../wire/list-offsets';
import type { TopicMetadata } from '../wire/metadata';
import type { Inquiry } from './inquiry';

/** How far a partition's log reaches. */
export interface LogOffsets {
  /** The first record that is still there. */
  readonly start: bigint;
  /** Behind the last record that is replicated. */
  readonly highWatermark: bigint;
  /** Behind the last record that no open transaction holds back. */
  readonly lastStable: bigint;
}

/** The logs of all partitions whose leader tells, by {@link logKey}. */
export async function readLogs(
  brokers: readonly ClusterBroker[],
  topics: readonly TopicMetadata[],
  inquiry: Inquiry,
): Promise<ReadonlyMap<string, LogOffsets>> {
  const logs = await Promise.all(brokers.map((broker) => logsOf(broker, ledBy(broker, topics), inquiry)));
  return new Map(logs.flat());
}

/** A partition as key of a map. */
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

const ledBy = ({ id }: ClusterBroker, topics: readonly TopicMetadata[]): readonly TopicPartitions[] =>
  topics
    .map(({ name, partitions }) => ({
      topic: name,
      partitions: partitions.filter(({ leaderId }) => leaderId === id).map(({ partition }) => partition),
    }))
    .filter(({ partitions }) => partitions.length > 0);
