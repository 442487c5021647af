import { smallestClaim } from '../components/kafka-cluster/nodes';
import type { Platform } from '../platform/load';
import { groupLags } from '../components/lag-exporter/lag';
import type { QuorumDescription } from '../protocol/describe-quorum';
import type { BrokerView } from './broker-views';
import type { ClusterReading } from './read-cluster';
import type { BrokerStatus, ClusterStatus, GroupStatus, QuorumStatus, TransactionStatus } from './status';
import type { Throughput } from './throughput';
import { topicStatus } from './topic-status';

/** Younger transactions are not shown. */
const SHOWN_FROM_MS = 10_000;

/** Evaluates a reading of the cluster. @param throughput throughput that includes this reading */
export function clusterStatus(reading: ClusterReading, config: Platform, throughput: Throughput): ClusterStatus {
  const bytes = bytesByTopic(reading);
  return {
    quorum: reading.quorum && quorumStatus(reading.quorum, reading.at),
    topics: reading.topics.map((topic) => ({
      ...topicStatus(topic, config),
      bytes: bytes.get(topic.name) ?? 0,
      recordsPerSecond: throughput.rateOf(topic.name),
    })),
    groups: groupStatuses(reading),
    leftOutGroups: reading.leftOutGroups.length,
    transactions: transactionStatuses(reading),
    problems: reading.problems,
  };
}

/** The status of every broker with its partitions. @param reading undefined if no broker answers */
export function brokerStatuses(
  views: readonly BrokerView[],
  reading: ClusterReading | undefined,
  { brokers }: Platform,
): readonly BrokerStatus[] {
  const partitions = reading?.topics.flatMap((topic) => topic.partitions);
  return views.map(({ id, address, state }) => ({
    id,
    address,
    state,
    leads: partitions?.filter(({ leaderId }) => leaderId === id).length,
    replicas: partitions?.filter(({ replicas }) => replicas.includes(id)).length,
    bytes: reading?.replicas.get(id)?.reduce((sum, { sizeBytes }) => sum + Number(sizeBytes), 0),
    diskBytes: smallestClaim(brokers),
  }));
}

/** @param at time of the reading in milliseconds since 1970 */
export function quorumStatus(quorum: QuorumDescription, at: number): QuorumStatus {
  const { leaderId, leaderEpoch, voters } = quorum;
  const end = voters.reduce((last, { logEndOffset }) => (logEndOffset > last ? logEndOffset : last), 0n);
  return {
    leaderId: leaderId < 0 ? undefined : leaderId,
    epoch: leaderEpoch,
    voters: voters.map(({ replicaId, logEndOffset, lastCaughtUpTimestamp }) => ({
      id: replicaId,
      lag: Number(end - logEndOffset),
      caughtUpMsAgo: lastCaughtUpTimestamp < 0n ? undefined : Math.max(0, at - Number(lastCaughtUpTimestamp)),
    })),
  };
}

function groupStatuses({ groups, topics }: ClusterReading): readonly GroupStatus[] {
  const topicOf = new Map(topics.map((topic) => [topic.name, topic]));
  return groups
    .map((one) => ({
      group: one.group,
      type: one.type,
      state: one.state,
      members: one.members,
      topics: groupLags(one, topicOf)
        .map(({ topic, lagSum }) => ({ topic, lag: lagSum === undefined ? undefined : Number(lagSum) }))
        .sort((a, b) => (b.lag ?? 0) - (a.lag ?? 0) || (a.topic < b.topic ? -1 : 1)),
    }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}

function transactionStatuses({ topics }: ClusterReading): readonly TransactionStatus[] {
  return topics
    .flatMap(({ name, partitions }) =>
      partitions.flatMap(({ partition, log, transaction }) => {
        if (log === undefined || transaction === undefined || transaction.ageMs < SHOWN_FROM_MS) return [];
        const recordsBehind = Number(log.highWatermark - log.lastStable);
        return [{ ...transaction, topic: name, partition, producerId: Number(transaction.producerId), recordsBehind }];
      }),
    )
    .sort((a, b) => b.ageMs - a.ageMs);
}

function bytesByTopic({ replicas }: ClusterReading): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { topic, sizeBytes } of [...replicas.values()].flat()) {
    sums.set(topic, (sums.get(topic) ?? 0) + Number(sizeBytes));
  }
  return sums;
}
