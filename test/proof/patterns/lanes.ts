import type { SeenRecord } from '../../../src/smoke/ledger';
import { judge } from '../../../src/smoke/oracle';
import { keyNumber } from '../load';
import { consuming, type Consumed } from './consuming';

/** A key's in the order of the log, keys side by side. */
export const lanes = consuming({
  name: 'lanes',
  topic: 'orders',
  script: 'lanes-process.ts',
  judge: judgeLanes,
});

export function judgeLanes({ handled }: Consumed) {
  const { outOfOrder } = judge([], handled.first.map(byKey));
  return Promise.resolve({ repeated: handled.repeated, flaws: { outOfOrder } });
}

/** Keys of a partition are handled side by side. */
const byKey = ({ sequence, offset }: SeenRecord): SeenRecord => ({
  partition: keyNumber(sequence),
  sequence: Number(offset),
  offset,
});
