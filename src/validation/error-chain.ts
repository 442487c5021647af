/** Properties that errors of various libraries may have. */
export interface Linked {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly topic?: unknown;
  readonly retriable?: unknown;
  readonly errors?: unknown;
  readonly cause?: unknown;
  readonly originalError?: unknown;
}

/** The error followed by its causes. A cycle of causes ends the chain. */
export function errorChain(error: unknown): readonly Linked[] {
  const chain: Linked[] = [];
  for (let next = error; typeof next === 'object' && next !== null;) {
    const link = next as Linked;
    if (chain.includes(link)) break;
    chain.push(link);
    next = link.cause ?? link.originalError;
  }
  return chain;
}
