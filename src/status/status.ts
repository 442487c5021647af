import type { Part } from './part';
import type { ThroughputPoint } from './throughput';
import type { Verdict } from './verdict';

/**
 * `serving`: registered, and may be a leader. `fenced`: answers, and may not serve. `silent`: takes a connection and does
 * not answer. `down`: takes none.
 */
export type BrokerState = 'serving' | 'fenced' | 'silent' | 'down';

export interface BrokerStatus {
  readonly id: number;
  readonly address: string;
  readonly state: BrokerState;
  /** Partitions that it leads, those of Kafka's own topics among them; nothing while no broker tells. */
  readonly leads: number | undefined;
  /** Partitions that are assigned to it; nothing while no broker tells. */
  readonly replicas: number | undefined;
  /** Size of its logs; nothing while it does not tell. */
  readonly bytes: number | undefined;
  /** What the configuration gives it. */
  readonly diskBytes: number;
}

export interface VoterStatus {
  readonly id: number;
  /** Records of the metadata log that it does not have yet. */
  readonly lag: number;
  /** How long ago it had all of them; nothing when the leader does not know. */
  readonly caughtUpMsAgo: number | undefined;
}

export interface QuorumStatus {
  /** Nothing while there is none. */
  readonly leaderId: number | undefined;
  readonly epoch: number;
  readonly voters: readonly VoterStatus[];
}

/** What a topic may take of the disks, over all replicas. */
export interface TopicLimit {
  readonly bytes: number;
  readonly arithmetic: string;
}

export interface TopicRetention {
  /** `delete`, `compact` or `compact,delete`. */
  readonly cleanupPolicy: string;
  /** -1 for ever. */
  readonly ms: number;
  /** Of one partition; -1 without limit. */
  readonly bytes: number;
}

export interface TopicStatus {
  readonly name: string;
  readonly isInternal: boolean;
  readonly partitions: number;
  /** The smallest over all partitions. */
  readonly replicationFactor: number;
  /** From first to last offset; a compacted topic has fewer. Nothing while a partition does not tell. */
  readonly records: number | undefined;
  readonly recordsPerSecond: number | undefined;
  /** Over all replicas whose brokers tell. */
  readonly bytes: number;
  readonly retention: TopicRetention | undefined;
  readonly limit: TopicLimit | undefined;
  /** Partitions that miss a replica. */
  readonly underReplicated: number;
  /** Partitions with a leader that refuse `acks=all`, as fewer replicas are in sync than the topic wants. */
  readonly belowMinIsr: number;
  /** Partitions without a leader that serves. */
  readonly offline: number;
}

export interface GroupStatus {
  readonly group: string;
  /** As Kafka names it: Stable, Empty, PreparingRebalance and others; nothing while it is not known. */
  readonly state: string | undefined;
  readonly members: number | undefined;
  readonly topics: readonly GroupTopicStatus[];
}

export interface GroupTopicStatus {
  readonly topic: string;
  /** Records that are still to be read; nothing while no partition tells. */
  readonly lag: number | undefined;
}

export interface ClusterStatus {
  readonly quorum: QuorumStatus | undefined;
  readonly topics: readonly TopicStatus[];
  readonly groups: readonly GroupStatus[];
  /** What is missing, in words. */
  readonly problems: readonly string[];
}

export interface SubjectStatus {
  readonly subject: string;
  /** Numbers of its versions, oldest first. */
  readonly versions: readonly number[];
  readonly schemaType: string;
  /** Nothing when only the registry's default holds. */
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

/** All that the page shows. Times are milliseconds since 1970. */
export interface Status {
  readonly now: number;
  /** Pause between two readings of the brokers. */
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
