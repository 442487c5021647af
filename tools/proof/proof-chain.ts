import { days, hours, kibibytesPerSecond } from '../../src/validation/units';
import type { TopicDefinition } from '../../src/components/topics/props';
import { retryChain } from '../../src/components/topics/retry-chain';

/** A retry chain of the harness that is not in the catalogue, with short delays. */
export const proofChain = retryChain({ name: 'revenue', partitions: 3, retentionMs: days(30) }, 'proof', ['1s', '2s']);

/** Topic for a consumer of batches, which no other pattern reads. */
export const batchTopic = {
  name: 'proof-batches',
  partitions: 3,
  keyed: true,
  retentionMs: hours(1),
  expectedIngress: kibibytesPerSecond(1),
} as const satisfies TopicDefinition;
export const batchChain = retryChain(batchTopic, 'proof');

/** Number of failing handler calls before one succeeds. If it exceeds what the chain allows, none succeeds. */
export const FAILING_CALLS = { permanent: Infinity, hopeless: Infinity, late: 3, fine: 0 } as const;

type Fate = keyof typeof FAILING_CALLS;

const FATES: readonly Fate[] = ['fine', 'permanent', 'hopeless', 'late'];
const EVERY = 20;

/** The fate of a record by its number. */
export const fateOf = (sequence: number): Fate => FATES[sequence % EVERY] ?? 'fine';

export const isForDeadLetters = (sequence: number): boolean => FAILING_CALLS[fateOf(sequence)] === Infinity;
