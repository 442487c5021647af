/** The waiting time of a record in a retry topic: `5s`, `1m`, `2h`. */
export type RetryDelay = `${number}${'s' | 'm' | 'h'}`;

export type RetryTopic<T extends string, G extends string, D extends RetryDelay> = `${T}.${G}.retry.${D}`;
export type DeadLetterTopic<T extends string, G extends string> = `${T}.${G}.dlq`;

/** The topics for records that a group could not handle: one for each delay, then the dead letter topic. */
export interface RetryChain<T extends string = string, G extends string = string, D extends RetryDelay = RetryDelay> {
  readonly topic: T;
  readonly group: G;
  /** Delays, shortest first. Without delays, a failed record goes directly to the dead letter topic. */
  readonly delays: readonly D[];
  readonly deadLetterTopic: DeadLetterTopic<T, G>;
}

const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The delay in milliseconds. */
export const delayMs = (delay: RetryDelay): number =>
  Number(delay.slice(0, -1)) * MILLISECONDS[delay.slice(-1) as keyof typeof MILLISECONDS];

export const retryTopic = <T extends string, G extends string, D extends RetryDelay>(
  topic: T,
  group: G,
  delay: D,
): RetryTopic<T, G, D> => `${topic}.${group}.retry.${delay}`;

export const deadLetterTopic = <T extends string, G extends string>(topic: T, group: G): DeadLetterTopic<T, G> =>
  `${topic}.${group}.dlq`;

/** The consumer group that reads the retry topic of this delay. */
export const retryGroup = (group: string, delay: RetryDelay): string => `${group}.retry.${delay}`;

/** The topics that the chain adds to its source topic: one for each delay, then the dead letter topic. */
export const chainTopics = ({ topic, group, delays, deadLetterTopic: last }: RetryChain): readonly string[] => [
  ...delays.map((delay) => retryTopic(topic, group, delay)),
  last,
];

/**
 * Defines a retry chain for a catalogue: `defineRetryChain({ topic: 'invoices', group: 'billing', delays: ['5s', '1m']
 * })`. Its topics, such as `invoices.billing.retry.5s` and `invoices.billing.dlq`, must exist with the same number of
 * partitions as `topic`.
 */
export function defineRetryChain<const T extends string, const G extends string, const D extends RetryDelay = never>({
  topic,
  group,
  delays = [],
}: {
  readonly topic: T;
  readonly group: G;
  /** Delays, shortest first. @default none */
  readonly delays?: readonly D[];
}): RetryChain<T, G, D> {
  return { topic, group, delays, deadLetterTopic: deadLetterTopic(topic, group) };
}
