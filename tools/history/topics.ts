import { days, kibibytesPerSecond, mebibytes } from '../../src/validation/units';
import type { TopicDefinition } from '../../src/components/topics/props';
import { retryChain } from '../../src/components/topics/retry-chain';

/** Fewer partitions than in the catalogue, and larger records. */
export const source = {
  name: 'orders',
  partitions: 3,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(64),
  settings: { maxMessageBytes: mebibytes(4) },
} as const satisfies TopicDefinition;

export const chains = {
  retrying: retryChain(source, 'history-retrying', ['1s', '2s']),
  batches: retryChain(source, 'history-batches'),
  'exactly-once': retryChain(source, 'history-exactly-once'),
} as const;

/** The output of the transform: the id of each record is the key. */
export const output = {
  name: 'orders-paid',
  partitions: 3,
  keyed: true,
  retentionMs: days(7),
  expectedIngress: kibibytesPerSecond(16),
} as const satisfies TopicDefinition;

/** Topics whose partitions grow together with the source: a copy keeps the number of its partition. */
export const derivedTopics: readonly TopicDefinition[] = Object.values(chains).flatMap(({ topics }) => [...topics]);

export const topics: readonly TopicDefinition[] = [source, ...derivedTopics, output];
