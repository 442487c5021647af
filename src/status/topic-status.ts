import type { Platform } from '../platform/load';
import type { PartitionSnapshot } from '../components/lag-exporter/snapshot';
import { topicLimit } from './headroom';
import { SETTINGS, type ReadTopic } from './read-cluster';
import type { TopicRetention, TopicStatus } from './status';

/** The status of a topic without its size and throughput. */
export function topicStatus(topic: ReadTopic, config: Platform): Omit<TopicStatus, 'bytes' | 'recordsPerSecond'> {
  const { name, isInternal, partitions, settings } = topic;
  const minInsyncReplicas = Number(settings[SETTINGS.minInsyncReplicas]?.value ?? 1);
  const shape = {
    name,
    partitions: partitions.length,
    replicationFactor: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    retention: retentionOf(settings),
  };
  const led = partitions.filter(({ leaderId }) => leaderId >= 0);
  return {
    ...shape,
    isInternal,
    records: recordsOf(partitions),
    limit: isInternal ? undefined : topicLimit(shape, config),
    underReplicated: partitions.filter(({ inSyncReplicas, replicas }) => inSyncReplicas.length < replicas.length)
      .length,
    belowMinIsr: led.filter(({ inSyncReplicas }) => inSyncReplicas.length < minInsyncReplicas).length,
    offline: partitions.length - led.length,
  };
}

/** The settings of a topic that was created between two requests are not known yet. */
function retentionOf(settings: ReadTopic['settings']): TopicRetention | undefined {
  const [cleanupPolicy, ms, bytes] = [SETTINGS.cleanupPolicy, SETTINGS.retentionMs, SETTINGS.retentionBytes].map(
    (name) => settings[name]?.value,
  );
  if (cleanupPolicy === undefined || ms === undefined || bytes === undefined) return undefined;
  return { cleanupPolicy, ms: Number(ms), bytes: Number(bytes) };
}

function recordsOf(partitions: readonly PartitionSnapshot[]): number | undefined {
  const logs = partitions.flatMap(({ log }) => (log === undefined ? [] : [log]));
  if (logs.length < partitions.length) return undefined;
  return logs.reduce((sum, { start, highWatermark }) => sum + Number(highWatermark - start), 0);
}
