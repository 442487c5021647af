import type { ConsumedRecord } from '../../src/client/consumer/record';

/** A record of partition 0 as a consumer receives it. */
export const record = (offset: number, key: Buffer | null = Buffer.from('key')): ConsumedRecord<'orders'> => ({
  topic: 'orders',
  partition: 0,
  offset: BigInt(offset),
  key,
  value: Buffer.from(String(offset)),
  headers: {},
  timestamp: 0,
});
