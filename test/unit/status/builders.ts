import type { LogOffsets } from '../../../src/components/lag-exporter/read-logs';
import type { PartitionSnapshot, TopicSnapshot } from '../../../src/components/lag-exporter/snapshot';
import type { BrokerState, BrokerStatus, ClusterStatus, TopicStatus } from '../../../src/status/status';

export const log = (start: number, highWatermark: number): LogOffsets => ({
  start: BigInt(start),
  highWatermark: BigInt(highWatermark),
  lastStable: BigInt(highWatermark),
});

export const partition = (id: number, of: LogOffsets | undefined): PartitionSnapshot => ({
  partition: id,
  leaderId: of === undefined ? -1 : 0,
  leaderEpoch: 0,
  replicas: [0, 1, 2],
  inSyncReplicas: [0, 1, 2],
  log: of,
});

/** A topic with a partition for each of these logs. */
export const topic = (name: string, ...logs: readonly (LogOffsets | undefined)[]): TopicSnapshot => ({
  name,
  partitions: logs.map((one, id) => partition(id, one)),
});

/** A broker for each of these states. */
export const brokers = (...states: readonly BrokerState[]): readonly BrokerStatus[] =>
  states.map((state, id) => ({
    id,
    address: `127.0.0.1:${9_000 + id}`,
    state,
    leads: 0,
    replicas: 0,
    bytes: 0,
    diskBytes: 1_024,
  }));

export const topicStatus = (change: Partial<TopicStatus> = {}): TopicStatus => ({
  name: 'orders',
  isInternal: false,
  partitions: 6,
  replicationFactor: 3,
  records: 0,
  recordsPerSecond: 0,
  bytes: 0,
  retention: undefined,
  limit: undefined,
  underReplicated: 0,
  belowMinIsr: 0,
  offline: 0,
  ...change,
});

/** A healthy cluster. */
export const cluster = (change: Partial<ClusterStatus> = {}): ClusterStatus => ({
  quorum: { leaderId: 0, epoch: 1, voters: [0, 1, 2].map((id) => ({ id, lag: 0, caughtUpMsAgo: 100 })) },
  topics: [topicStatus()],
  groups: [],
  leftOutGroups: 0,
  transactions: [],
  problems: [],
  ...change,
});
