import type { PartitionReassignment } from '../../../protocol/list-partition-reassignments';
import type { Move, PlacedPartition, PlacementBroker } from './model';

/** A replica on a disk. */
export interface StoredReplica {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: number;
}

/** What a broker that answers at its own address says about itself. */
export interface BrokerState {
  /** Whether `cordoned.log.dirs` keeps Kafka from placing new replicas on it. */
  readonly isCordoned: boolean;
  /** Limits of the replication in bytes per second that were set at run time, by Kafka's names. */
  readonly throttles: Readonly<Record<string, string>>;
  /** All replicas on its disks, those that it is about to delete included. */
  readonly replicas: readonly StoredReplica[];
  /** Size of the volumes of its logs, in bytes. */
  readonly totalBytes: number;
  /** Bytes of these volumes that are free. */
  readonly freeBytes: number;
  /** Paths of log directories that failed. */
  readonly failedDirectories: readonly string[];
}

/** A registered broker. */
export interface LiveBroker extends PlacementBroker {
  /** `host:port` of its client listener. */
  readonly server: string;
  /** Whether it is registered, but does not serve: it is stopped, or starts. */
  readonly isFenced: boolean;
  /** Undefined if it does not answer at its own address. */
  readonly state: BrokerState | undefined;
}

/** A partition, and who serves it. Of one that is being moved, `replicas` are those of afterwards. */
export interface LivePartition extends PlacedPartition {
  /** Node id; -1 without a leader. */
  readonly leaderId: number;
  readonly inSyncReplicas: readonly number[];
  /** `min.insync.replicas` of its topic. */
  readonly minInSync: number;
}

/** Throttled replicas by topic, as Kafka's settings have them: `0:1,0:2`, `*`, or empty. */
export interface TopicThrottle {
  readonly topic: string;
  /** `leader.replication.throttled.replicas`. */
  readonly leader: string;
  /** `follower.replication.throttled.replicas`. */
  readonly follower: string;
}

/** Where a running cluster stores its partitions. */
export interface Placement {
  /** Ordered by id. */
  readonly brokers: readonly LiveBroker[];
  /** Of all topics, internal ones included, ordered by topic and partition. */
  readonly partitions: readonly LivePartition[];
  /** Partitions that are being moved. */
  readonly underWay: readonly PartitionReassignment[];
  /** Limits of the replication that were set at run time for all brokers, by Kafka's names. */
  readonly clusterThrottles: Readonly<Record<string, string>>;
  /** Topics that have throttled replicas. */
  readonly topicThrottles: readonly TopicThrottle[];
  /** Bytes that are written per second, by {@link partitionName}; partitions without writes may be left out. */
  readonly ingress: ReadonlyMap<string, number>;
}

interface OfPartition {
  readonly topic: string;
  readonly partition: number;
}

/** `orders-0`. */
export const partitionName = ({ topic, partition }: OfPartition): string => `${topic}-${partition}`;

/** The replicas of a partition once it has moved. */
export const targetOf = ({ replicas, removing }: PartitionReassignment): readonly number[] =>
  replicas.filter((id) => !removing.includes(id));

/** A reassignment that is under way as a move. */
export function moveOf(reassignment: PartitionReassignment, partitions: readonly LivePartition[]): Move {
  const { topic, partition, replicas, adding } = reassignment;
  const { bytes = 0 } = partitions.find((one) => one.topic === topic && one.partition === partition) ?? {};
  const from = replicas.filter((id) => !adding.includes(id));
  return { topic, partition, from, to: targetOf(reassignment), bytes };
}

/** Several nodes as text: `broker 3`, `brokers 3 and 4`. */
export function brokersText(ids: readonly number[]): string {
  const last = ids.at(-1) ?? '';
  return ids.length === 1 ? `broker ${last}` : `brokers ${ids.slice(0, -1).join(', ')} and ${last}`;
}
