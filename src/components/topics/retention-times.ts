import type { ParsedTopic } from './props';
import { FOREVER, days, milliseconds, minutes, seconds, type Milliseconds } from '../../validation/units';

/** Kafka's default of `segment.ms`. */
export const DEFAULT_SEGMENT_MS = days(7);

/** A topic with less than a week of retention gets this number of segments within the retention time. */
const SEGMENTS_IN_RETENTION = 4;

/** Each segment has its own files, which brokers keep open. */
const SHORTEST_SEGMENT = seconds(10);

/** Kafka's default of `log.retention.check.interval.ms`. */
export const DEFAULT_CHECK_INTERVAL = minutes(5);
const SHORTEST_CHECK_INTERVAL = seconds(1);

/** The broker property for how often brokers look for segments to delete. */
export const CHECK_INTERVAL_PROPERTY = 'log.retention.check.interval.ms';

/**
 * Whether records are deleted by age. They are not with unlimited retention (Kafka's -1) or with the cleanup policy
 * `compact`.
 */
export const deletesByAge = ({
  cleanupPolicy,
  retentionMs,
}: Pick<ParsedTopic, 'cleanupPolicy'> & { readonly retentionMs: Milliseconds }): boolean =>
  cleanupPolicy !== 'compact' && retentionMs !== FOREVER;

/**
 * `segment.ms` of a topic that does not set it. Brokers delete closed segments only, so a record may exceed the
 * retention time by this value: a quarter of the retention time, at least 10 s, or Kafka's 7 days for long retention
 * times.
 */
export function derivedSegmentMs(topic: Parameters<typeof deletesByAge>[0]): Milliseconds {
  if (!deletesByAge(topic) || topic.retentionMs >= DEFAULT_SEGMENT_MS) return DEFAULT_SEGMENT_MS;
  return milliseconds(Math.max(SHORTEST_SEGMENT, Math.floor(topic.retentionMs / SEGMENTS_IN_RETENTION)));
}

interface Kept {
  readonly retentionMs: Milliseconds;
  readonly segmentMs: Milliseconds;
}

/** The maximum age of a readable record, without the brokers' check interval. */
export const greatestAge = ({ retentionMs, segmentMs }: Kept): Milliseconds =>
  retentionMs === FOREVER ? FOREVER : milliseconds(retentionMs + segmentMs);

/** `log.retention.check.interval.ms`: a quarter of the shortest retention time, from 1 s to Kafka's 5 minutes. */
export function checkInterval(topics: readonly Parameters<typeof deletesByAge>[0][]): Milliseconds {
  const shortest = Math.min(...topics.filter(deletesByAge).map(({ retentionMs }) => retentionMs));
  const wanted = Math.max(SHORTEST_CHECK_INTERVAL, Math.floor(shortest / SEGMENTS_IN_RETENTION));
  return milliseconds(Math.min(DEFAULT_CHECK_INTERVAL, wanted));
}
