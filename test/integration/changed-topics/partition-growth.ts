import { PermanentError } from '../../../src/client/errors';
import { EventConsumer } from '../../../src/client/consumer/event-consumer';
import type { ConsumedRecord } from '../../../src/client/consumer/record';
import { alreadyEncoded } from '../../../src/client/encoded';
import { ExactlyOnceTransform } from '../../../src/client/exactly-once/exactly-once-transform';
import { groupOffsets } from '../../../src/client/group-offsets';
import type { ClientNotice } from '../../../src/client/notices';
import { EventProducer } from '../../../src/client/producer/event-producer';
import { partitionOf } from '../../../src/client/producer/partitioner';
import { connectKafka, withAdmin } from '../../../src/client/kafka-client';
import { deadLetters } from '../../../src/client/retry/dead-letters';
import { RetryingConsumer } from '../../../src/client/retry/retrying-consumer';
import { TransactionalWriter } from '../../../src/client/transactions/transactional-writer';
import { retryChains } from '../../../examples/catalogue/topics';
import { readTopic } from '../../../src/client/log/read-topic';
import { until } from '../../support/until';
import { brokers } from './brokers';

const TOPIC = 'orders';
const BEFORE = 6;
const AFTER = 8;
/** A new partition. */
const NEW = 7;
const { email, inventory, payment } = retryChains;
const DEAD_LETTER_TOPICS = [email, inventory, payment].map(({ deadLetterTopic }) => deadLetterTopic);
const RETRIES: readonly string[] = ['orders.inventory.retry.5s', 'orders.inventory.retry.1m'];

const poison = alreadyEncoded<typeof TOPIC>(Buffer.from('poison'));
const refuse = ({ value }: ConsumedRecord): void => {
  if (value?.equals(poison) === true) throw new PermanentError('poison');
};

const grow = (topics: readonly string[]) =>
  withAdmin(connectKafka(brokers.platform.connection), (admin) =>
    admin.createPartitions({ topicPartitions: topics.map((topic) => ({ topic, count: AFTER })) }),
  );

/** Starts the three consumers with dead letters. */
function consumers(notices: ClientNotice[]) {
  const common = {
    connection: brokers.platform.connection,
    heartbeatIntervalMs: 300,
    onNotice: (notice: ClientNotice) => void notices.push(notice),
  };
  const producer = new EventProducer({ connection: common.connection });
  const onPermanent = deadLetters({ chain: email, producer });
  return Promise.all([
    EventConsumer.start({ ...common, groupId: email.group, topics: [TOPIC], onPermanent, handle: refuse }),
    RetryingConsumer.start({ ...common, chain: inventory, handle: refuse }),
    ExactlyOnceTransform.start({
      ...common,
      groupId: payment.group,
      topic: TOPIC,
      deadLetterTopic: payment.deadLetterTopic,
      restore: () => Promise.resolve(undefined),
      transform: (records) => {
        records.forEach(refuse);
        return [];
      },
    }),
    Promise.resolve({ close: () => producer.close(5_000) }),
  ]);
}

const deadLettersIn = async (partition: number) => {
  const all = await Promise.all(DEAD_LETTER_TOPICS.map((topic) => readTopic(brokers.platform.connection, topic)));
  return all.map((records) => records.filter((record) => record.partition === partition).length);
};

const committedIn = (groupId: string) =>
  withAdmin(connectKafka(brokers.platform.connection), (admin) => groupOffsets(admin, { groupId, topic: TOPIC }));

it('is noticed by consumers with dead letters and by producers, which continue without a restart', async () => {
  const { connection } = brokers.platform;
  const notices: ClientNotice[] = [];
  const before = await deadLettersIn(0);
  const running = await consumers(notices);
  const producer = new EventProducer({ connection });
  const writer = await TransactionalWriter.open({ connection, transactionalId: 'growth' });
  const key = Array.from({ length: 100 }, (_, index) => `key-${index}`).find(
    (each) => partitionOf(Buffer.from(each), AFTER) === NEW,
  ) as string;
  const usual = partitionOf(Buffer.from(key), BEFORE);
  const other = alreadyEncoded<typeof TOPIC>(Buffer.from('fine'));
  await producer.send(TOPIC, { partition: 0, value: poison });
  expect(await writer.write([{ topic: TOPIC, key, value: other }])).toEqual({ outcome: 'committed' });
  await until(async () =>
    (await deadLettersIn(0)).every((deadLetterRecords, index) => deadLetterRecords === (before[index] ?? 0) + 1),
  );

  // The topic first, like a manual change: its dead-letter topic lacks the partition for a while.
  await grow([TOPIC]);
  // A broker that does not know the partition yet refuses the record, which is then not in the log.
  await until(async () => (await producer.send(TOPIC, { partition: NEW, value: poison })).outcome === 'delivered');
  const groups = [email.group, inventory.group, payment.group];
  const ofNew = () =>
    notices
      .filter((each) => each.kind === 'still-failing')
      .filter(({ topic, partition }) => topic === TOPIC && partition === NEW);
  const told = (group: string) => ofNew().some(({ groupId }) => groupId === group);
  await until(() => groups.every(told), { otherwise: () => JSON.stringify(notices) });
  expect(ofNew()[0]?.message).toContain('has no partition 7, only 0 to 5');
  expect(await deadLettersIn(NEW)).toEqual([0, 0, 0]);

  await grow([...DEAD_LETTER_TOPICS, ...RETRIES]);
  await until(async () => (await deadLettersIn(NEW)).every((deadLetterRecords) => deadLetterRecords === 1));
  await until(async () => {
    const committed = await Promise.all(groups.map(committedIn));
    return committed.every((offsets) => (offsets.get(NEW) ?? 0n) >= 1n);
  });

  // The growth moves keys, also for producers and writers that were started before it.
  await until(async () => {
    const delivery = await producer.send(TOPIC, { key, value: other });
    return delivery.outcome === 'delivered' && delivery.partition === NEW;
  });
  expect(usual).not.toBe(NEW);
  const moved = async () =>
    (await readTopic(connection, TOPIC)).filter((record) => record.partition === NEW && String(record.key) === key);
  const already = (await moved()).length;
  // The writer uses the count that it knows while no broker gives it a newer one in time.
  await until(async () => {
    expect(await writer.write([{ topic: TOPIC, key, value: other }])).toEqual({ outcome: 'committed' });
    return (await moved()).length > already;
  });
  expect(await moved()).toHaveLength(already + 1);
  await Promise.all([producer.close(5_000), writer.close(), ...running.map((each) => each.close())]);
});
