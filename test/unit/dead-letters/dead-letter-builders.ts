import { failureHeaders } from '../../../src/client/retry/failure-headers';
import type { ConsumedRecord } from '../../../src/client/consumer/record';
import type { DeadLetter } from '../../../src/dead-letters/dead-letter';
import { record } from '../../support/consumed';

export const OWN = { 'event-type': Buffer.from('OrderCreated'), tag: [Buffer.from('a'), Buffer.from('b')] };

/** Dead letter record of the record at offset 7 of orders-0, at offset 3 of the dead-letter topic. */
export const deadLetterRecord = (own: ConsumedRecord['headers'] = OWN): ConsumedRecord => ({
  ...record(7),
  topic: 'orders.inventory.dlq',
  offset: 3n,
  timestamp: 1_000,
  headers: failureHeaders(
    { ...record(7), headers: own },
    { group: 'inventory', error: new TypeError('no such SKU'), attempts: 3 },
  ),
});

/** A listed dead letter record with different fields. */
export const deadLetter = (different: Partial<DeadLetter> = {}): DeadLetter => ({
  partition: 0,
  offset: 3n,
  first: 'orders-0@7',
  timestamp: 1_000,
  key: 'key',
  isTombstone: false,
  errorClass: 'TypeError',
  message: 'no such SKU',
  attempts: 3,
  ...different,
});
