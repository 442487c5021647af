import { setTimeout as delay } from 'node:timers/promises';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { alreadyEncoded } from '../../src/client/encoded';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import { readPartition } from '../../src/client/log/read-partition';
import { runMember, TUNING } from './member';
import { INPUT, OUTPUT } from './transform-topics';

const MS_PER_BATCH = 20;

/** Copies records and numbers them within their partition, continuing after the last copy. */
runMember(({ connection, groupId }) =>
  ExactlyOnceTransform.start({
    ...TUNING,
    connection,
    groupId,
    topic: INPUT,
    batchRecords: 20,
    transactionTimeoutMs: 10_000,
    restore: async (partition) => {
      const count = { value: 0 };
      const onRecord = ({ key }: ConsumedRecord): void => void (count.value = Number(key?.toString()));
      await readPartition({ connection, topic: OUTPUT, partition, onRecord });
      return count;
    },
    transform: async (records, count) => {
      await delay(Math.random() * MS_PER_BATCH);
      return records.map(({ partition, value }) => {
        count.value += 1;
        return { topic: OUTPUT, partition, key: String(count.value), value: value && alreadyEncoded(value) };
      });
    },
  }),
);
