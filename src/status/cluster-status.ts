import type { Platform } from '../config/load';
import { topicLag } from '../exporter/lag';
import type { QuorumDescription } from '../wire/describe-quorum';
import type { BrokerView } from './broker-views';
import type { ClusterReading } from './read-cluster';
import type { BrokerStatus, ClusterStatus, GroupStatus, QuorumStatus } from './status';
import type { Throughput } from './throughput';
import { topicStatus } from './topic-status';

/** What a reading says of the cluster. @param throughput that has taken this reading */
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
    problems: reading.problems,
  };
}

/** Every broker, with what is known of its partitions. @param reading nothing when no broker tells */
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
    diskBytes: brokers.storage.size,
  }));
}

/** @param at when it was read, in milliseconds since 1970 */
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

/** Commits on topics that are deleted are left out. */
function groupStatuses({ groups, topics }: ClusterReading): readonly GroupStatus[] {
  const topicOf = new Map(topics.map((topic) => [topic.name, topic]));
  return groups
    .map(({ group, state, members, committed }) => ({
      group,
      state,
      members,
      topics: [...committed]
        .flatMap(([topic, offsets]) => {
          const found = topicOf.get(topic);
          const lag = found && topicLag(found, offsets);
          return lag === undefined ? [] : [{ topic, lag: lag.lagSum === undefined ? undefined : Number(lag.lagSum) }];
        })
        .sort((a, b) => (b.lag ?? 0) - (a.lag ?? 0) || (a.topic < b.topic ? -1 : 1)),
    }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}

function bytesByTopic({ replicas }: ClusterReading): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { topic, sizeBytes } of [...replicas.values()].flat()) {
    sums.set(topic, (sums.get(topic) ?? 0) + Number(sizeBytes));
  }
  return sums;
}
