import type { Delivery } from '../../src/client/producer/delivery';

/** Whatever takes records of one topic and tells each its outcome. */
export interface Sender {
  send(record: { readonly key: string; readonly partition: number; readonly value: string }): Promise<Delivery>;
  /** Resolves when more may be sent. */
  room(): Promise<void>;
  /** Waits until every record has its outcome. */
  close(): Promise<void>;
}
