import type { SeenRecord } from '../../../src/smoke/ledger';
import { checkLedger } from '../../../src/smoke/checker';
import { keyNumber } from '../load';
import { consuming, type Consumed } from './consuming';

/** Records of a key are handled in the order of the log, different keys in parallel. */
export const keyOrder = consuming({
  name: 'key order',
  topic: 'orders',
  script: 'key-order-process.ts',
  check: checkKeyOrder,
});

export function checkKeyOrder({ handled }: Consumed) {
  const { outOfOrder } = checkLedger([], handled.first.map(byKey));
  return Promise.resolve({ repeated: handled.repeated, anomalies: { outOfOrder } });
}

/** Keys of a partition are handled in parallel, so the order is checked by key. */
const byKey = ({ sequence, offset }: SeenRecord): SeenRecord => ({
  partition: keyNumber(sequence),
  sequence: Number(offset),
  offset,
});
