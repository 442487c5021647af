import { DEFAULT_SEGMENT_MS, deletesByAge, greatestAge } from './retention-times';
import type { Topic } from './topic';
import { FOREVER, days, formatDuration, minutes, type Milliseconds } from '../../validation/units';

/** The broker property for how long the offsets of a group without members are kept. */
export const OFFSETS_RETENTION_PROPERTY = 'offsets.retention.minutes';

/** The largest value that Kafka accepts, a 32-bit number of minutes: about 4,000 years. */
const UNLIMITED_MINUTES = 2 ** 31 - 1;

/**
 * The value is rounded up to multiples of this step, so that a change of a topic seldom changes the brokers'
 * properties, which would restart the brokers.
 */
const STEP = days(60);
/** Covers inexact values: timestamps in the future (up to an hour by default), and the brokers' check interval. */
const MARGIN = days(1);

type KeptTopic = Pick<Topic, 'name' | 'cleanupPolicy' | 'retentionMs' | 'segmentMs'>;

/** The retention of offsets, and the basis of its calculation. */
export interface OffsetsRetention {
  /** The value for the brokers. */
  readonly minutes: number;
  /** The value that would suffice. */
  readonly neededMinutes: number;
  readonly arithmetic: string;
}

/**
 * Offsets of a group must be kept for longer than every record that the group has handled. Otherwise a group that
 * returns after a pause reads records again, or skips unread records. Topics with the cleanup policy `compact` alone do
 * not count: a group that reads such a topic again only rebuilds its state.
 * @param topics topics with the brokers' defaults applied
 */
export function offsetsRetention(
  topics: readonly KeptTopic[],
  brokers: { readonly retentionMs: Milliseconds },
): OffsetsRetention {
  const unlimited = topics.find((topic) => topic.cleanupPolicy !== 'compact' && !deletesByAge(topic));
  if (unlimited !== undefined)
    return {
      minutes: UNLIMITED_MINUTES,
      neededMinutes: UNLIMITED_MINUTES,
      arithmetic: `${unlimited.name} has unlimited retention`,
    };
  const other = {
    name: 'a topic with the brokers’ defaults',
    retentionMs: brokers.retentionMs,
    segmentMs: DEFAULT_SEGMENT_MS,
  };
  const [longest = other] = [...topics.filter(deletesByAge), other].sort((a, b) => greatestAge(b) - greatestAge(a));
  const needed = greatestAge(longest) + MARGIN;
  const arithmetic =
    `${longest.name} has records up to ${formatDuration(longest.retentionMs)} + a segment of ${formatDuration(longest.segmentMs)} ` +
    `+ ${formatDuration(MARGIN)} of margin = ${formatDuration(needed)} old`;
  return {
    minutes: (Math.ceil(needed / STEP) * STEP) / minutes(1),
    neededMinutes: Math.ceil(needed / minutes(1)),
    arithmetic,
  };
}

/** `30 d`, or `for ever`. */
export const formatMinutes = (count: number): string =>
  formatDuration(count >= UNLIMITED_MINUTES ? FOREVER : minutes(count));
