import { diskNeed } from '../components/kafka-cluster/disk-budget';
import type { Platform } from '../platform/load';
import { formatBytes } from '../validation/units';
import type { TopicLimit, TopicRetention } from './status';

interface Grown {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly retention: TopicRetention | undefined;
}

/**
 * The maximum size of a topic: its `retention.bytes` if set, otherwise its share of the disk budget.
 * @returns undefined if neither limits it
 */
export function topicLimit(topic: Grown, { topics, trafficShare }: Platform): TopicLimit | undefined {
  const { name, partitions, replicationFactor, retention } = topic;
  if (retention !== undefined && retention.bytes >= 0 && retention.cleanupPolicy !== 'compact') {
    const bytes = partitions * replicationFactor * retention.bytes;
    const arithmetic = `${partitions} partitions x ${replicationFactor} replicas x ${formatBytes(retention.bytes)}`;
    return { bytes, arithmetic: `${arithmetic} = ${formatBytes(bytes)}` };
  }
  const planned = topics.find((one) => one.name === name);
  const need = planned && diskNeed(planned, trafficShare);
  return need === undefined || !Number.isFinite(need.bytes)
    ? undefined
    : { bytes: need.bytes, arithmetic: need.arithmetic };
}
