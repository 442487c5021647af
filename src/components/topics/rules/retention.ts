import type { TopicsSettings } from '../topics-settings';
import { OFFSETS_RETENTION_PROPERTY, formatMinutes, offsetsRetention } from '../offsets-retention';
import {
  CHECK_INTERVAL_PROPERTY,
  DEFAULT_CHECK_INTERVAL,
  checkInterval,
  deletesByAge,
  derivedSegmentMs,
  greatestAge,
} from '../retention-times';
import { TOPIC_SOURCES, resolveTopic, type Topic } from '../topic';
import { FOREVER, formatDuration } from '../../../validation/units';
import { findingIf, type Finding, type Rule } from '../../../validation/rule';

/**
 * Rules about the combined effect of retention and time settings. Kafka accepts each of these combinations, but the
 * effect is not the intended one.
 */
export const retentionRules: readonly Rule<TopicsSettings>[] = [
  { reads: TOPIC_SOURCES, check: (config) => eachDeletedByAge(config, segmentOutlivesRetention) },
  { reads: TOPIC_SOURCES, check: (config) => eachDeletedByAge(config, acceptsWhatIsDeleted) },
  { reads: TOPIC_SOURCES, check: (config) => eachDeletedByAge(config, copyOutlivedBySource) },
  { reads: ['topics', 'brokers.properties'], check: compactedNeither },
  {
    reads: [...TOPIC_SOURCES, 'brokers.properties'],
    check: ({ topics, brokers }) => {
      const needed = offsetsRetention(resolved({ topics, brokers }), brokers);
      const given = brokers.properties[OFFSETS_RETENTION_PROPERTY];
      return findingIf(given !== undefined && Number(given) < needed.neededMinutes, {
        path: ['brokers', 'properties', OFFSETS_RETENTION_PROPERTY],
        message:
          `a group that pauses for longer loses its offsets while the records that it has handled are still there, and reads them ` +
          `again: ${needed.arithmetic}, offsets are kept for ${formatMinutes(Number(given))}`,
        allowed: `at least ${needed.neededMinutes} (${formatMinutes(needed.neededMinutes)})`,
        fix: `remove brokers.properties.${OFFSETS_RETENTION_PROPERTY}: it is derived from the topics`,
      });
    },
  },
  {
    reads: [...TOPIC_SOURCES, 'brokers.properties'],
    check: ({ topics, brokers }) => {
      const timed = resolved({ topics, brokers }).filter(deletesByAge);
      const [shortest] = timed.sort((a, b) => a.retentionMs - b.retentionMs);
      const given = Number(brokers.properties[CHECK_INTERVAL_PROPERTY] ?? 0);
      const most = Math.max(DEFAULT_CHECK_INTERVAL, shortest?.retentionMs ?? Infinity);
      return findingIf(given > most, {
        path: ['brokers', 'properties', CHECK_INTERVAL_PROPERTY],
        message:
          `brokers look for segments to delete only every ${formatDuration(given)}: records of ${shortest?.name ?? ''}, kept for ` +
          `${formatDuration(shortest?.retentionMs ?? 0)}, would stay for up to ${formatDuration(given)} more`,
        allowed: `at most ${most} (${formatDuration(most)})`,
        fix: `remove brokers.properties.${CHECK_INTERVAL_PROPERTY}: it is derived from the topics (${checkInterval(timed)} ms)`,
      });
    },
  },
];

type Checked = Pick<TopicsSettings, 'topics' | 'brokers'>;

/** A topic takes settings that it omits from the brokers. */
function compactedNeither({ topics, brokers }: Pick<TopicsSettings, 'topics' | 'brokers'>): readonly Finding[] {
  const inherited = (name: string, fallback: number): number => {
    const given = brokers.properties[`log.cleaner.${name}.compaction.lag.ms`];
    return given === undefined || typeof given === 'boolean' ? fallback : Number(given);
  };
  return topics.flatMap(({ settings: { minCompactionLagMs: min, maxCompactionLagMs: max } }, index) => {
    const [least, most] = [min ?? inherited('min', 0), max ?? inherited('max', Infinity)];
    const [setting, word, bound] =
      min === undefined ? ['maxCompactionLagMs', 'at least', least] : ['minCompactionLagMs', 'at most', most];
    return findingIf((min ?? max) !== undefined && least > most, {
      path: ['topics', index, 'settings', setting],
      message:
        `a record must not be compacted before ${formatDuration(least)} and must be compacted after ${formatDuration(most)}: ` +
        'these limits contradict each other, and Kafka rejects the topic',
      allowed: `${word} ${formatDuration(bound)}`,
      fix: `change it accordingly, or change the other limit (of the topic, or log.cleaner.*.compaction.lag.ms of the brokers)`,
    });
  });
}

const resolved = ({ topics, brokers }: Checked): Topic[] => topics.map((topic) => resolveTopic(topic, brokers));

interface Indexed {
  readonly topic: Topic;
  readonly index: number;
  readonly all: readonly Topic[];
}

function eachDeletedByAge(config: Checked, check: (one: Indexed) => readonly Finding[]): readonly Finding[] {
  const all = resolved(config);
  return all.flatMap((topic, index) => (deletesByAge(topic) ? check({ topic, index, all }) : []));
}

/**
 * Checks explicit values only. A derived segment time is never longer than the retention time, except for retention
 * times of seconds.
 */
function segmentOutlivesRetention({ topic, index }: Indexed): readonly Finding[] {
  const { name, retentionMs, segmentMs } = topic;
  const derived = derivedSegmentMs(topic);
  return findingIf(segmentMs > Math.max(retentionMs, derived), {
    path: ['topics', index, 'segmentMs'],
    message:
      `'${name}' is to keep records for ${formatDuration(retentionMs)}, and brokers delete closed segments only: with segments of ` +
      `${formatDuration(segmentMs)} a record stays for up to ${formatDuration(retentionMs)} + ${formatDuration(segmentMs)}`,
    allowed: `at most retentionMs, ${formatDuration(retentionMs)}`,
    fix: `remove topics.${index}.segmentMs: ${formatDuration(derived)} is derived from retentionMs`,
  });
}

function acceptsWhatIsDeleted({ topic, index }: Indexed): readonly Finding[] {
  const { name, retentionMs, copiesOf, settings } = topic;
  const { messageTimestampBeforeMaxMs: before = FOREVER, messageTimestampType } = settings;
  const isWider = before === FOREVER || before > retentionMs;
  return findingIf(copiesOf === undefined && messageTimestampType !== 'LogAppendTime' && isWider, {
    path: ['topics', index, 'settings', 'messageTimestampBeforeMaxMs'],
    message:
      `'${name}' would acknowledge records ${before === FOREVER ? 'of any age' : `of ${formatDuration(before)}`} and keeps them for ` +
      `${formatDuration(retentionMs)}: records with an age in between are deleted within minutes`,
    allowed: `at most retentionMs, ${formatDuration(retentionMs)}`,
    fix: `remove topics.${index}.settings.messageTimestampBeforeMaxMs, raise retentionMs, or let brokers set the time (messageTimestampType: 'LogAppendTime')`,
  });
}

/**
 * A copy has the timestamp of its original, so its topic must keep records at least as long as the source.
 * `retryChain()` derives the additional time.
 */
function copyOutlivedBySource({ topic, index, all }: Indexed): readonly Finding[] {
  const source = all.find(({ name }) => name === topic.copiesOf);
  if (source === undefined || topic.settings.messageTimestampType === 'LogAppendTime') return [];
  const oldest = greatestAge(source);
  const isShorter = oldest === FOREVER || topic.retentionMs < source.retentionMs;
  const kept = formatDuration(topic.retentionMs);
  return findingIf(isShorter, {
    path: ['topics', index, 'retentionMs'],
    message:
      `copies keep the timestamp of their record, and '${source.name}' has records of ` +
      (oldest === FOREVER
        ? 'any age'
        : `up to ${formatDuration(source.retentionMs)} + a segment of ${formatDuration(source.segmentMs)} = ${formatDuration(oldest)}`) +
      `: copies of records older than ${kept} would be deleted as soon as they are written`,
    allowed:
      oldest === FOREVER ? 'FOREVER' : `at least ${formatDuration(oldest)} plus the time that is needed to handle them`,
    fix: `raise topics.${index}.retentionMs, or define the topic with retryChain(), which derives it`,
  });
}
