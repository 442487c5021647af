/** What became of a record that was sent. Nothing is sent twice: what to do about `unknown` is the caller's to decide. */
export type Delivery =
  /** All replicas in sync have it, there. */
  | { readonly outcome: 'delivered'; readonly partition: number; readonly offset: bigint }
  /** It is not in the log and will not be: sending it again makes no duplicate. */
  | { readonly outcome: 'failed'; readonly cause: unknown }
  /** It may be in the log, once, or come there within a request's time: sending it again may make a duplicate. */
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/** A record was not delivered within its time, or before the producer was closed. */
export class DeliveryEnded extends Error {
  override readonly name = 'DeliveryEnded';
}
