import { retryChain } from '../../src/topics/retry-chain';

/** A chain of the harness's own, with delays that a run can wait for. */
export const proofChain = retryChain({ name: 'revenue', partitions: 3 }, 'proof', ['1s', '2s']);

/** Calls of the handler that fail before one succeeds; beyond what the chain allows, none does. */
export const FAILING_CALLS = { permanent: Infinity, hopeless: Infinity, late: 3, fine: 0 } as const;

type Fate = keyof typeof FAILING_CALLS;

const FATES: readonly Fate[] = ['fine', 'permanent', 'hopeless', 'late'];
const EVERY = 20;

/** What becomes of a record, by its number. */
export const fateOf = (sequence: number): Fate => FATES[sequence % EVERY] ?? 'fine';

export const isForDeadLetters = (sequence: number): boolean => FAILING_CALLS[fateOf(sequence)] === Infinity;
