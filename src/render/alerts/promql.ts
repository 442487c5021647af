import type { ScrapeJob } from '../scrape-targets';

/** Whether targets answered when they were last scraped. */
export const up = (job: ScrapeJob): string => `up{job="${job}"}`;

/** How many targets of a job answer; 0 also when none is known. */
export const answering = (job: ScrapeJob): string => `(sum(${up(job)}) or vector(0))`;

/** A regular expression, as it stands in a selector, that matches exactly these names. */
export const anyOf = (names: readonly string[]): string =>
  names.map((name) => name.replaceAll('.', String.raw`\\.`)).join('|');

/** Share of time in which threads are idle: the reporter counts their idle nanoseconds, divided by the threads. */
export const idleShare = (counter: string, window: string): string => `rate(${counter}[${window}]) / 1e9`;

/** Bytes of all logs of a broker, that of the metadata with them; indexes are not counted. */
export const LOG_BYTES = 'sum by (broker) (kafka_log_log_size)';

/** Records that groups have still to read, by group and topic; -1 stands for a partition without a commit. */
export const LAG = 'sum by (consumergroup, topic) (kafka_consumergroup_lag >= 0)';

/** Records written to a topic in a second. */
export const written = (window: string): string =>
  `sum by (topic) (rate(kafka_topic_partition_current_offset[${window}]))`;
