import { UserError } from '../../../validation/user-error';
import { clusterOf } from './cluster';
import { evenOutCluster, evenOutTopic } from './even-out';
import { Leaders } from './leaders';
import type { Move, PlacedPartition, PlacementBroker } from './model';
import { Replicas } from './replicas';
import { makeRequiredMoves } from './required-moves';

/** Where replicas are, and where they may be. */
export interface PlacementInput {
  /** The partitions of all topics, internal topics too. */
  readonly partitions: readonly PlacedPartition[];
  /** Brokers that may store replicas. */
  readonly brokers: readonly PlacementBroker[];
  /** Ids of brokers that end without a replica. */
  readonly drained: readonly number[];
}

/**
 * The fewest moves after which
 *
 * - no replica is on a drained broker, or on one that is not in `brokers`;
 * - each partition is on as many racks as it can be;
 * - each broker has its share of each topic, and its share of all replicas, rounded down or up;
 * - each broker is the preferred leader of as many partitions as others, in each topic and altogether, as far as its
 *   replicas permit: that is a matter of order and copies nothing.
 *
 * The share of a broker in a partition is the same for all brokers, unless a rack is too small or too large for that:
 * see `brokerShares`. Its share in a topic, and in all topics, is the sum over the partitions. Which replica goes where
 * is decided by bytes only where counts leave a choice. A plan for the result of a plan is empty.
 *
 * @returns moves by topic and partition; the same for the same input in any order
 * @throws UserError if a partition has more replicas than there are brokers
 */
export function planMoves({ partitions, brokers, drained }: PlacementInput): readonly Move[] {
  const remaining = brokers.filter(({ id }) => !drained.includes(id));
  checkReplicas(partitions, remaining);
  const cluster = clusterOf(partitions, remaining);
  const replicas = new Replicas(cluster);
  makeRequiredMoves(cluster, replicas);
  for (const topic of cluster.topics) evenOutTopic(replicas, topic);
  evenOutCluster(replicas);
  const leaders = new Leaders(cluster);
  for (const topic of cluster.topics) evenOutTopic(leaders, topic);
  evenOutCluster(leaders);
  return cluster.topics
    .flatMap((topic) => topic.partitions)
    .map(({ placed, replicas: after }): Move => {
      const { topic, partition, replicas: from, bytes } = placed;
      return { topic, partition, from, to: after.map(({ id }) => id), bytes };
    })
    .filter(({ from, to }) => from.some((id, index) => id !== to[index]));
}

function checkReplicas(partitions: readonly PlacedPartition[], brokers: readonly PlacementBroker[]): void {
  const needs = new Map<string, number>();
  for (const { topic, replicas } of partitions)
    if (replicas.length > brokers.length) needs.set(topic, Math.max(replicas.length, needs.get(topic) ?? 0));
  if (needs.size === 0) return;
  const lines = [...needs].sort().map(([topic, count]) => `  ${topic}: ${count} replicas need ${count} brokers`);
  const ids = brokers.map(({ id }) => id).sort((a, b) => a - b);
  throw new UserError(
    `Too few brokers can store replicas: ${ids.length} (${ids.join(', ') || 'none'}).\n${lines.join('\n')}`,
    'keep or add as many brokers as the largest number of replicas, or give these topics fewer replicas first',
  );
}
