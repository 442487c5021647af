import {
  deadLetterTopic,
  retryTopic,
  type DeadLetterTopic,
  type RetryChain,
  type RetryDelay,
  type RetryTopic,
} from '../../client/retry/retry-chain';
import { copyLimit, DEFAULT_MESSAGE_MAX } from './message-limits';
import { derivedSegmentMs, greatestAge } from './retention-times';
import type { TopicDefinition } from './props';
import {
  FOREVER,
  bytes,
  days,
  hours,
  kibibytesPerSecond,
  mebibytes,
  milliseconds,
  type Milliseconds,
} from '../../validation/units';

/** A retry chain and the definitions of its topics. */
export interface RetryTopics<
  T extends string = string,
  G extends string = string,
  D extends RetryDelay = RetryDelay,
> extends RetryChain<T, G, D> {
  /** Topics for the catalogue: one for each delay, then the dead letter topic. */
  readonly topics: readonly (TopicDefinition & { readonly name: RetryTopic<T, G, D> | DeadLetterTopic<T, G> })[];
}

/** Retention in addition to the delay: a waiting record must survive an outage of its consumers. */
const TO_RETRY = days(2);
/** Time to notice a failure, fix its cause and replay the records. */
const TO_REPLAY = days(14);
/** Failed records are few, but brokers keep whole segments for each partition. */
const SEGMENT_BYTES = mebibytes(32);

type Source = Pick<
  TopicDefinition,
  'name' | 'partitions' | 'replicationFactor' | 'minInsyncReplicas' | 'cleanupPolicy' | 'segmentMs' | 'settings'
> & { readonly retentionMs: Milliseconds };

/** The maximum age of a record that a consumer may read from the source. */
function oldestOf({ retentionMs, cleanupPolicy = 'delete', segmentMs }: Source): Milliseconds {
  if (cleanupPolicy === 'compact') return FOREVER;
  return greatestAge({ retentionMs, segmentMs: segmentMs ?? derivedSegmentMs({ cleanupPolicy, retentionMs }) });
}

/**
 * The retry topics and the dead letter topic of a group. Their settings are derived from the source:
 * - They accept every record of the source plus the headers that describe the failure. This also holds if the brokers
 *   have a higher size limit.
 * - They have the source's number of partitions, so that a record keeps its partition.
 * - A record keeps its timestamp, which may be as old as the source allows (retention plus segment time). The retention
 *   is longer by that time.
 * @param delays delays, shortest first
 */
export function retryChain<const T extends Source, G extends string, D extends RetryDelay = never>(
  source: T,
  group: G,
  delays: readonly D[] = [],
): RetryTopics<T['name'], G, D> {
  const topic: T['name'] = source.name;
  const chain = { topic, group, delays, deadLetterTopic: deadLetterTopic(topic, group) } as const;
  const oldest = oldestOf(source);
  const beyondSource = (time: Milliseconds): Milliseconds =>
    oldest === FOREVER ? FOREVER : milliseconds(oldest + time);
  const maxMessageBytes = copyLimit(source.settings?.maxMessageBytes ?? DEFAULT_MESSAGE_MAX);
  const common = {
    copiesOf: topic,
    partitions: source.partitions,
    // A failed record is replicated like the original.
    ...(source.replicationFactor !== undefined && { replicationFactor: source.replicationFactor }),
    ...(source.minInsyncReplicas !== undefined && { minInsyncReplicas: source.minInsyncReplicas }),
    // Copies with the same key must not replace each other, and records without keys are copied, too.
    cleanupPolicy: 'delete',
    // Copies keep the partition of the original record, independent of their key.
    keyed: false,
    segmentBytes: bytes(Math.max(SEGMENT_BYTES, maxMessageBytes)),
    segmentMs: hours(12),
    settings: {
      maxMessageBytes,
      // Copies keep the timestamp of the original record.
      messageTimestampType: 'CreateTime',
      messageTimestampBeforeMaxMs: FOREVER,
      messageTimestampAfterMaxMs: FOREVER,
    },
    expectedIngress: kibibytesPerSecond(1),
  } as const;
  return {
    ...chain,
    topics: [
      ...delays.map((delay) => ({
        ...common,
        name: retryTopic(topic, group, delay),
        retentionMs: beyondSource(TO_RETRY),
      })),
      { ...common, name: chain.deadLetterTopic, retentionMs: beyondSource(TO_REPLAY) },
    ],
  };
}
