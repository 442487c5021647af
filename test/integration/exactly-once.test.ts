import { PermanentError } from '../../src/client/errors';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import { readPartition } from '../../src/client/log/read-partition';
import { groupLag } from '../support/group-lag';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 5_000;
const INPUT = 'orders';
const OUTPUT = 'platform-smoke';
const GROUP = 'copier';
const DEAD_LETTERS = 'orders.payment.dlq';
const POISON = '4321';

const brokers = catalogueBrokers();

/** Number of copied records of the partition; each copy contains its number. */
interface Count {
  value: number;
}

const restore = async (partition: number): Promise<Count> => {
  let value = 0;
  const onRecord = ({ key }: ConsumedRecord): void => void (value = Number(key?.toString()));
  await readPartition({ connection: brokers.platform.connection, topic: OUTPUT, partition, onRecord });
  return { value };
};

const start = (): Promise<ExactlyOnceTransform<typeof INPUT>> =>
  ExactlyOnceTransform.start<typeof INPUT, Count>({
    connection: brokers.platform.connection,
    groupId: GROUP,
    topic: INPUT,
    deadLetterTopic: DEAD_LETTERS,
    batchRecords: 50,
    heartbeatIntervalMs: 300,
    restore,
    transform: (records, count) => {
      if (records.some(({ value }) => value?.toString() === POISON)) throw new PermanentError('poison');
      return records.map(({ partition, value }) => {
        count.value += 1;
        return { topic: OUTPUT, partition, key: String(count.value), value };
      });
    },
  });

const copies = () => readTopic(brokers.platform.connection, OUTPUT);

const lag = (): Promise<bigint> => groupLag({ connection: brokers.platform.connection, groupId: GROUP, topic: INPUT });

it('writes one output for each record while members join and leave, keeps counting, and writes one dead letter record', async () => {
  const { connection } = brokers.platform;
  const writing = writeCounting({ connection, topic: INPUT, records: RECORDS, keys: 100 });
  const first = await start();
  await until(async () => (await copies()).length > 200);
  const second = await start();
  const third = await start();
  await until(async () => (await copies()).length > 2_000);
  await first.close();
  await second.close(0);
  await writing;
  await until(async () => (await lag()) === 0n);
  await third.close();

  const seen = await copies();
  const values = seen.map(({ value }) => Number(value?.toString())).sort((a, b) => a - b);
  expect(values).toEqual(
    Array.from({ length: RECORDS }, (_, number) => number).filter((number) => String(number) !== POISON),
  );
  const deadLetterRecords = await readTopic(connection, DEAD_LETTERS);
  expect(deadLetterRecords.map(({ value }) => value?.toString())).toEqual([POISON]);
  // The state continues with every new owner of the partition.
  for (const partition of new Set(seen.map((copy) => copy.partition))) {
    const counts = seen.filter((copy) => copy.partition === partition).map(({ key }) => Number(key?.toString()));
    expect(counts).toEqual(Array.from({ length: counts.length }, (_, index) => index + 1));
  }
});

it('has nothing more to do when it is started again', async () => {
  const before = (await copies()).length;
  const again = await start();
  // These copies follow any record that would be copied twice.
  await writeCounting({ connection: brokers.platform.connection, topic: INPUT, records: 100, keys: 100 });
  await until(async () => (await lag()) === 0n);
  await again.close();
  expect((await copies()).length).toBe(before + 100);
});
