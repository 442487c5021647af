import { days, hours, kibibytesPerSecond } from '../../src/config/units';
import type { TopicDefinition } from '../../src/config/topic-schema';
import { retryChain } from '../../src/topics/retry-chain';

/** A chain of the harness's own, which the catalogue does not know, with delays that a run can wait for. */
export const proofChain = retryChain({ name: 'revenue', partitions: 3, retentionMs: days(7) }, 'proof', ['1s', '2s']);

/** For a consumer of batches, whose topic nobody else reads. */
export const batchTopic = {
  name: 'proof-batches',
  partitions: 3,
  keyed: true,
  retentionMs: hours(1),
  expectedIngress: kibibytesPerSecond(1),
} as const satisfies TopicDefinition;
export const batchChain = retryChain(batchTopic, 'proof');

/** Calls of the handler that fail before one succeeds; beyond what the chain allows, none does. */
export const FAILING_CALLS = { permanent: Infinity, hopeless: Infinity, late: 3, fine: 0 } as const;

type Fate = keyof typeof FAILING_CALLS;

const FATES: readonly Fate[] = ['fine', 'permanent', 'hopeless', 'late'];
const EVERY = 20;

/** What becomes of a record, by its number. */
export const fateOf = (sequence: number): Fate => FATES[sequence % EVERY] ?? 'fine';

export const isForDeadLetters = (sequence: number): boolean => FAILING_CALLS[fateOf(sequence)] === Infinity;
