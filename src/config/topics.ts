import type { ParsedPlatform } from './schema';
import type { ParsedTopic } from './topic-schema';
import { FOREVER, type Bytes, type Milliseconds } from './units';

/** A topic with the brokers' defaults applied: everything that is written to the cluster. */
export interface Topic extends ParsedTopic {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly retentionMs: Milliseconds;
  readonly segmentBytes: Bytes;
}

type BrokerDefaults = Pick<
  ParsedPlatform['brokers'],
  'replicationFactor' | 'minInsyncReplicas' | 'retentionMs' | 'segmentBytes'
>;

export function resolveTopic(topic: ParsedTopic, defaults: BrokerDefaults): Topic {
  return {
    ...topic,
    replicationFactor: topic.replicationFactor ?? defaults.replicationFactor,
    minInsyncReplicas: topic.minInsyncReplicas ?? defaults.minInsyncReplicas,
    retentionMs: topic.retentionMs ?? (topic.cleanupPolicy === 'compact' ? FOREVER : defaults.retentionMs),
    segmentBytes: topic.segmentBytes ?? defaults.segmentBytes,
  };
}
