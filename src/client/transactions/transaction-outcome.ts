/** What became of a transaction. Nothing is written twice: what to do about `unknown` is the caller's to decide. */
export type TransactionOutcome =
  /** Readers of committed records see all of it. */
  | { readonly outcome: 'committed' }
  /** Readers of committed records see nothing of it, now and later: writing it again makes no duplicate. */
  | { readonly outcome: 'aborted'; readonly cause: unknown }
  /** The answer to its end was lost, and no broker could be asked within the time: it may be either. */
  | { readonly outcome: 'unknown'; readonly cause: unknown };
