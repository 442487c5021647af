import { milliseconds, type Milliseconds } from '../validation/units';
import { inSeconds, prometheusDuration } from './duration';

/** Whether each target of a job answered the last scrape. */
export const up = (job: string): string => `up{job="${job}"}`;

/** Number of targets of a job that answer; 0 also if no target is known. */
export const answering = (job: string): string => `(sum(${up(job)}) or vector(0))`;

/** A regular expression for a selector that matches exactly these names. */
export const anyOf = (names: readonly string[]): string =>
  names.map((name) => name.replaceAll('.', String.raw`\\.`)).join('|');

/**
 * Share of time in which threads are idle. The reporter counts the idle nanoseconds divided by the number of threads.
 */
export const idleShare = (counter: string, window: string): string => `rate(${counter}[${window}]) / 1e9`;

/**
 * Bytes of all logs of each node including the metadata log, without indexes.
 * @param matchers that select nodes
 * @param labels that results have
 */
export const logBytes = (matchers: readonly string[] = [], labels = 'broker'): string =>
  `sum by (${labels}) (kafka_log_log_size${matchers.length === 0 ? '' : `{${matchers.join(',')}}`})`;

/**
 * Number of records that groups have not yet read, by group and topic. Partitions with unknown lag (-1) are excluded.
 */
export const LAG = 'sum by (consumergroup, topic) (kafka_consumergroup_lag >= 0)';

/** The lag of groups with members. A separate alert reports groups without members. */
export const READ_LAG = `(${LAG} unless on (consumergroup) (kafka_consumergroup_members == 0))`;

/**
 * The recent increase of a counter, for each series, as a whole number that is never too large. `increase` extrapolates
 * to the ends of its window and returns 1.05 for 1. A new series, which clients create at the first event, counts with
 * its full value. A restarted counter counts with its value since the restart. If Prometheus is new and the process is
 * not, the first value may be old and does not count.
 */
export function rise(counter: string, windowMs: Milliseconds): string {
  const window = prometheusDuration(windowMs);
  const over = (of: string): string => `${of}_over_time(${counter}[${window}])`;
  const now = over('last');
  const before = `${now.slice(0, -1)} offset ${window})`;
  const scrapes = `count_over_time(up[${prometheusDuration(milliseconds(2 * windowMs))}])`;
  const isFirstKnown = `${over('count')} >= on (job, instance) group_left () ${scrapes}`;
  const isOldProcess = `process_start_time_seconds < time() - ${inSeconds(windowMs)}`;
  return `(${[
    `${now} - ${before} > 0`,
    `${now} < ${before}`,
    `(${now} unless ${before} unless (${isFirstKnown} and on (job, instance) ${isOldProcess}))`,
    `(${now} - ${over('min')} > 0 unless ${before})`,
  ].join(' or ')})`;
}

/** Records per second written to a topic. */
export const written = (window: string): string =>
  `sum by (topic) (rate(kafka_topic_partition_current_offset[${window}]))`;
