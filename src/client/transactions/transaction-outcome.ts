/**
 * The outcome of a transaction. The writer never writes a transaction twice; after `unknown` the caller decides what to
 * do.
 */
export type TransactionOutcome =
  /** `read_committed` consumers see all records. */
  | { readonly outcome: 'committed' }
  /** `read_committed` consumers see no record, now and later. Writing the records again causes no duplicates. */
  | { readonly outcome: 'aborted'; readonly cause: unknown }
  /**
   * The response to the end of the transaction was lost, and no broker could be asked within the time limit. The
   * transaction may be committed or aborted.
   */
  | { readonly outcome: 'unknown'; readonly cause: unknown };
