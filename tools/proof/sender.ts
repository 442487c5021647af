import type { Delivery } from '../../src/client/producer/delivery';

/** Sends records to one topic and reports the outcome of each. */
export interface Sender {
  send(record: { readonly key: string; readonly partition: number; readonly value: string }): Promise<Delivery>;
  /** Resolves when more records may be sent. */
  room(): Promise<void>;
  /** Waits until every record has its outcome. */
  close(): Promise<void>;
}
