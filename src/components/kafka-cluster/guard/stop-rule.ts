import type { QuorumDescription, QuorumReplica } from '../../../protocol/describe-quorum';
import type { PartitionMetadata } from '../../../protocol/metadata';

/** A voter that has fetched within this time of the leader is caught up; `controller.quorum.fetch.timeout.ms`. */
const CAUGHT_UP_MS = 2_000n;

/** A partition with what it needs to take writes. */
export interface GuardedPartition extends PartitionMetadata {
  readonly topic: string;
  readonly minInsyncReplicas: number;
}

/** The cluster as one of its brokers sees it. */
export interface ClusterView {
  readonly partitions: readonly GuardedPartition[];
  /** Nothing when no controller could tell. */
  readonly quorum: QuorumDescription | undefined;
}

export type ObstacleKind = 'min-isr' | 'quorum';

/** What speaks against a stop. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  /** Names the partition or the voters. */
  readonly text: string;
}

/**
 * Why a broker must not stop now; nothing when it may. Two things are kept: writes to every partition that it holds,
 * and a majority of caught-up voters. Modelled on Strimzi's KafkaAvailability and KafkaQuorumCheck.
 */
export const stopObstacles = ({ partitions, quorum }: ClusterView, nodeId: number): readonly Obstacle[] => [
  ...quorumObstacles(quorum, nodeId).map((text) => ({ kind: 'quorum' as const, text })),
  ...partitions.flatMap((partition) =>
    partitionObstacles(partition, nodeId).map((text) => ({ kind: 'min-isr' as const, text })),
  ),
];

/** A topic that allows no missing replica can never be stopped safely, and would hold up every stop for ever. */
function partitionObstacles(partition: GuardedPartition, nodeId: number): readonly string[] {
  const { topic, replicas, inSyncReplicas, minInsyncReplicas } = partition;
  if (!replicas.includes(nodeId) || replicas.length <= minInsyncReplicas) return [];
  const name = `${topic}-${partition.partition}`;
  const remaining = inSyncReplicas.filter((id) => id !== nodeId).length;
  if (inSyncReplicas.length < minInsyncReplicas) {
    return [`${name} is already below its min ISR ${minInsyncReplicas}: only ${list(inSyncReplicas)} in sync`];
  }
  if (remaining >= minInsyncReplicas) return [];
  return [`${name} would fall below its min ISR ${minInsyncReplicas}: only ${list(inSyncReplicas)} in sync`];
}

/** A single voter is the whole quorum: a cluster of one accepts that it stops. */
function quorumObstacles(quorum: QuorumDescription | undefined, nodeId: number): readonly string[] {
  if (quorum === undefined) return ['no controller answers'];
  const { leaderId, voters } = quorum;
  if (voters.length <= 1 || !voters.some(({ replicaId }) => replicaId === nodeId)) return [];
  const leader = voters.find(({ replicaId }) => replicaId === leaderId);
  if (leader === undefined) return ['no controller leads the quorum'];
  const others = voters.filter((voter) => voter.replicaId !== nodeId);
  const caughtUp = others.filter((voter) => isCaughtUp(voter, leader));
  const majority = majorityOf(voters.length);
  if (caughtUp.length >= majority) return [];
  const behind = others.filter((voter) => !caughtUp.includes(voter)).map(({ replicaId }) => replicaId);
  return [
    `the quorum would lose its majority: ${caughtUp.length} of ${majority} other voters caught up; behind: ${list(behind)}`,
  ];
}

/** Whether a voter follows the active controller. */
export const isCaughtUp = (voter: QuorumReplica, leader: QuorumReplica): boolean =>
  leader.lastCaughtUpTimestamp - voter.lastCaughtUpTimestamp <= CAUGHT_UP_MS;

/** How many of a number make a majority of them. */
export const majorityOf = (count: number): number => Math.floor(count / 2) + 1;

const list = (ids: readonly number[]): string => (ids.length === 0 ? 'none' : ids.join(', '));
