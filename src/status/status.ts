import type { Part } from './part';
import type { ThroughputPoint } from './throughput';
import type { Verdict } from './verdict';

/**
 * `serving`: registered and able to lead. `fenced`: answers, but may not serve. `silent`: accepts connections and does
 * not answer. `down`: accepts no connections.
 */
export type BrokerState = 'serving' | 'fenced' | 'silent' | 'down';

export interface BrokerStatus {
  readonly id: number;
  readonly address: string;
  readonly state: BrokerState;
  /**
   * Number of partitions that it leads, including those of Kafka's internal topics; undefined while no broker answers.
   */
  readonly leads: number | undefined;
  /** Number of partitions assigned to it; undefined while no broker answers. */
  readonly replicas: number | undefined;
  /** Size of its logs; undefined while the broker does not answer. */
  readonly bytes: number | undefined;
  /** Configured size of its disk. */
  readonly diskBytes: number;
}

export interface VoterStatus {
  readonly id: number;
  /** Number of records of the metadata log that it does not have yet. */
  readonly lag: number;
  /** Time since it last had all records, in milliseconds; undefined if the leader does not know. */
  readonly caughtUpMsAgo: number | undefined;
}

export interface QuorumStatus {
  /** Undefined while there is no leader. */
  readonly leaderId: number | undefined;
  readonly epoch: number;
  readonly voters: readonly VoterStatus[];
}

/** The maximum disk usage of a topic over all replicas. */
export interface TopicLimit {
  readonly bytes: number;
  readonly arithmetic: string;
}

export interface TopicRetention {
  /** `delete`, `compact` or `compact,delete`. */
  readonly cleanupPolicy: string;
  /** -1 for unlimited. */
  readonly ms: number;
  /** Limit of one partition; -1 for unlimited. */
  readonly bytes: number;
}

export interface TopicStatus {
  readonly name: string;
  readonly isInternal: boolean;
  readonly partitions: number;
  /** The smallest replication factor of all partitions. */
  readonly replicationFactor: number;
  /**
   * Number of offsets between start and end; a compacted topic has fewer records. Undefined while the offsets of a
   * partition are unknown.
   */
  readonly records: number | undefined;
  readonly recordsPerSecond: number | undefined;
  /** Size of all replicas on brokers that answer. */
  readonly bytes: number;
  readonly retention: TopicRetention | undefined;
  readonly limit: TopicLimit | undefined;
  /** Number of partitions with a missing replica. */
  readonly underReplicated: number;
  /** Number of partitions with a leader that rejects `acks=all`, because too few replicas are in sync. */
  readonly belowMinIsr: number;
  /** Number of partitions without a serving leader. */
  readonly offline: number;
}

export interface GroupStatus {
  readonly group: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
  /** State in Kafka's terms: Stable, Empty, PreparingRebalance and others; undefined while unknown. */
  readonly state: string | undefined;
  readonly members: number | undefined;
  readonly topics: readonly GroupTopicStatus[];
}

export interface GroupTopicStatus {
  readonly topic: string;
  /** Number of unread records; undefined while all partitions are unknown. */
  readonly lag: number | undefined;
}

/** A transaction that limits the last stable offset of a partition. */
export interface TransactionStatus {
  readonly topic: string;
  readonly partition: number;
  /** Undefined if no coordinator knows the transaction. */
  readonly transactionalId: string | undefined;
  readonly producerId: number;
  /** `hanging`: only a command can end it; `unknown`: its coordinator does not answer. */
  readonly state: 'open' | 'hanging' | 'unknown';
  readonly ageMs: number;
  /** Number of records from its start to the end of the log, including its own. */
  readonly recordsBehind: number;
}

export interface ClusterStatus {
  readonly quorum: QuorumStatus | undefined;
  readonly topics: readonly TopicStatus[];
  readonly groups: readonly GroupStatus[];
  /** Number of groups that the configuration excludes. */
  readonly leftOutGroups: number;
  /** Transactions that are open for an unusually long time, oldest first. */
  readonly transactions: readonly TransactionStatus[];
  /** Descriptions of the missing parts. */
  readonly problems: readonly string[];
}

export interface SubjectStatus {
  readonly subject: string;
  /** Version numbers, oldest first. */
  readonly versions: readonly number[];
  readonly schemaType: string;
  /** Undefined if only the registry's default applies. */
  readonly compatibility: string | undefined;
}

export interface AlertStatus {
  readonly name: string;
  readonly state: 'pending' | 'firing';
  readonly severity: string | undefined;
  readonly summary: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** All data of the page. Times are in milliseconds since 1970. */
export interface Status {
  readonly now: number;
  /** Pause between readings of the brokers. */
  readonly intervalMs: number;
  readonly name: string;
  readonly kafkaVersion: string;
  readonly clusterId: string;
  readonly verdict: Verdict;
  readonly brokers: Part<readonly BrokerStatus[]>;
  readonly cluster: Part<ClusterStatus>;
  readonly throughput: readonly ThroughputPoint[];
  readonly schemas: Part<readonly SubjectStatus[]>;
  readonly alerts: Part<readonly AlertStatus[]>;
}
