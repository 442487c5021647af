import type { ClusterSettings } from './cluster-settings';
import { brokerPools, brokersOf } from './nodes';
import { resolveTopic, type Topic } from '../topics/topic';
import { FOREVER, formatBytes, formatDuration } from '../../validation/units';

/** Alerts fire when 15 % of the disk is free, so retention may use only the rest. */
export const USABLE_SHARE = 0.85;

/** The cleaner starts when half of a log is dirty: a log can hold as many outdated records as current ones. */
const COMPACTION_FACTOR = 2;

/** Disk space that a topic needs on all brokers together, with the calculation. */
export interface DiskNeed {
  readonly topic: string;
  /** Bytes over all replicas; infinite if the topic has no bound. */
  readonly bytes: number;
  readonly arithmetic: string;
}

/** Usable bytes of all volume claims together. */
export function diskCapacity({ brokers }: Pick<ClusterSettings, 'brokers'>): {
  readonly bytes: number;
  readonly arithmetic: string;
} {
  const total = brokersOf(brokers).reduce((sum, { pool }) => sum + pool.storage.size, 0) * USABLE_SHARE;
  const claims = brokerPools(brokers).map(
    ({ replicas, storage }) => `${replicas} claims x ${formatBytes(storage.size)}`,
  );
  return {
    bytes: total,
    arithmetic: `${claims.length > 1 ? `(${claims.join(' + ')})` : claims.join()} x ${USABLE_SHARE} = ${formatBytes(total)}`,
  };
}

/** Disk need of every topic, largest first. */
export function diskNeeds(config: ClusterSettings): readonly DiskNeed[] {
  return config.topics
    .map((topic) => diskNeed(resolveTopic(topic, config.brokers), config.trafficShare))
    .sort((a, b) => b.bytes - a.bytes || a.topic.localeCompare(b.topic));
}

/**
 * Replicas x (kept records + segments that are not yet closed). Kafka deletes only whole closed segments, so up to one
 * segment per partition, or the records of `segment.ms`, outlives the retention.
 */
export function diskNeed(topic: Topic, trafficShare: number): DiskNeed {
  const kept = keptRecords(topic, trafficShare);
  const open = openSegments(topic, trafficShare);
  const total = topic.replicationFactor * (kept.bytes + open.bytes);
  const arithmetic = `${topic.replicationFactor} replicas x (${kept.arithmetic} + ${open.arithmetic}) = ${formatBytes(total)}`;
  return { topic: topic.name, bytes: total, arithmetic };
}

/** Number of segments of a topic on all brokers together: by size or by age, whichever gives more. */
export function segmentCount(topic: Topic, trafficShare: number): number {
  const bySize = Math.ceil(keptRecords(topic, trafficShare).bytes / topic.segmentBytes);
  const byAge = topic.retentionMs === FOREVER ? 0 : topic.partitions * Math.ceil(topic.retentionMs / topic.segmentMs);
  return topic.replicationFactor * (Math.max(bySize, byAge) + topic.partitions);
}

interface Amount {
  readonly bytes: number;
  readonly arithmetic: string;
}

const UNBOUNDED: Amount = { bytes: Infinity, arithmetic: 'without bound' };

function keptRecords(topic: Topic, trafficShare: number): Amount {
  const bounds = [keptBySize(topic), keptByTime(topic, trafficShare), keptByCompaction(topic, trafficShare)];
  return bounds.reduce((least, bound) => (bound.bytes < least.bytes ? bound : least), UNBOUNDED);
}

function keptBySize({ cleanupPolicy, partitions, retentionBytes }: Topic): Amount {
  if (retentionBytes === undefined || cleanupPolicy === 'compact') return UNBOUNDED;
  return {
    bytes: partitions * retentionBytes,
    arithmetic: `${partitions} partitions x ${formatBytes(retentionBytes)}`,
  };
}

function keptByTime({ cleanupPolicy, expectedIngress, retentionMs }: Topic, trafficShare: number): Amount {
  if (expectedIngress === undefined || retentionMs === FOREVER || cleanupPolicy === 'compact') return UNBOUNDED;
  const ingress = expectedIngress * trafficShare;
  return {
    bytes: (ingress * retentionMs) / 1_000,
    arithmetic: `${formatBytes(ingress)}/s x ${formatDuration(retentionMs)}`,
  };
}

function keptByCompaction({ cleanupPolicy, expectedSize }: Topic, trafficShare: number): Amount {
  if (expectedSize === undefined || cleanupPolicy === 'delete') return UNBOUNDED;
  const newest = expectedSize * trafficShare;
  return { bytes: newest * COMPACTION_FACTOR, arithmetic: `${formatBytes(newest)} x ${COMPACTION_FACTOR} uncompacted` };
}

function openSegments({ partitions, segmentBytes, segmentMs, expectedIngress }: Topic, trafficShare: number): Amount {
  const bySize = {
    bytes: partitions * segmentBytes,
    arithmetic: `${partitions} open segments x ${formatBytes(segmentBytes)}`,
  };
  if (expectedIngress === undefined) return bySize;
  const ingress = expectedIngress * trafficShare;
  const byTime = (ingress * segmentMs) / 1_000;
  if (bySize.bytes <= byTime) return bySize;
  return { bytes: byTime, arithmetic: `${formatBytes(ingress)}/s x ${formatDuration(segmentMs)} in open segments` };
}
