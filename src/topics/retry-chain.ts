import type { TopicDefinition } from '../config/topic-schema';
import {
  FOREVER,
  bytes,
  days,
  hours,
  kibibytes,
  kibibytesPerSecond,
  mebibytes,
  milliseconds,
  type Milliseconds,
} from '../config/units';

/** How long a record waits in a retry topic: `5s`, `1m`, `2h`. */
export type RetryDelay = `${number}${'s' | 'm' | 'h'}`;

export type RetryTopic<T extends string, G extends string, D extends RetryDelay> = `${T}.${G}.retry.${D}`;
export type DeadLetterTopic<T extends string, G extends string> = `${T}.${G}.dlq`;

/** Where records of a topic go that a group could not handle: from delay to delay, then to the dead letters. */
export interface RetryChain<T extends string = string, G extends string = string, D extends RetryDelay = RetryDelay> {
  readonly topic: T;
  readonly group: G;
  /** Shortest first; the dead letters at once when there are none. */
  readonly delays: readonly D[];
  readonly deadLetterTopic: DeadLetterTopic<T, G>;
  /** For the catalogue: the topic of each delay, then the dead letters. */
  readonly topics: readonly (TopicDefinition & { readonly name: RetryTopic<T, G, D> | DeadLetterTopic<T, G> })[];
}

/** Beyond any delay: a record that waits must outlive an outage of whoever handles it. */
const TO_RETRY = days(2);
/** Time to notice, mend and replay. */
const TO_REPLAY = days(14);
/** A record at the brokers' limit of 1 MiB must still fit with what is said of its failure in its headers. */
const MAX_MESSAGE_BYTES = bytes(mebibytes(1) + kibibytes(64));
/** Failures are few; whole segments are kept per partition. */
const SEGMENT_BYTES = mebibytes(32);

const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The delay in milliseconds. */
export const delayMs = (delay: RetryDelay): number =>
  Number(delay.slice(0, -1)) * MILLISECONDS[delay.slice(-1) as keyof typeof MILLISECONDS];

export const retryTopic = <T extends string, G extends string, D extends RetryDelay>(
  topic: T,
  group: G,
  delay: D,
): RetryTopic<T, G, D> => `${topic}.${group}.retry.${delay}`;

/** The group whose members wait for what stands in the retry topic of that delay. */
export const retryGroup = (group: string, delay: RetryDelay): string => `${group}.retry.${delay}`;

/**
 * The retry and dead-letter topics of a group. They have the source's partitions, so that a record keeps its number; and it
 * keeps its time, which may be as old as the source lets it grow: by that much longer it is kept there.
 * @param delays shortest first
 */
export function retryChain<
  const T extends Pick<TopicDefinition, 'name' | 'partitions'> & { readonly retentionMs: Milliseconds },
  G extends string,
  D extends RetryDelay = never,
>(source: T, group: G, delays: readonly D[] = []): RetryChain<T['name'], G, D> {
  const topic: T['name'] = source.name;
  const deadLetterTopic = `${topic}.${group}.dlq` as const;
  const beyondSource = (time: Milliseconds): Milliseconds =>
    source.retentionMs === FOREVER ? FOREVER : milliseconds(source.retentionMs + time);
  const common = {
    partitions: source.partitions,
    // Records keep the partition that they had, whatever their key.
    keyed: false,
    segmentBytes: SEGMENT_BYTES,
    segmentMs: hours(12),
    settings: { maxMessageBytes: MAX_MESSAGE_BYTES },
    expectedIngress: kibibytesPerSecond(1),
  };
  return {
    topic,
    group,
    delays,
    deadLetterTopic,
    topics: [
      ...delays.map((delay) => ({
        ...common,
        name: retryTopic(topic, group, delay),
        retentionMs: beyondSource(TO_RETRY),
      })),
      { ...common, name: deadLetterTopic, retentionMs: beyondSource(TO_REPLAY) },
    ],
  };
}
