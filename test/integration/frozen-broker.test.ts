import { PartitionAssigners } from 'kafkajs';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { connectKafka } from '../../src/client/kafka-client';
import { readTopic } from '../../src/client/log/read-topic';
import { EventProducer } from '../../src/client/producer/event-producer';
import { DEFAULTS } from '../../src/client/producer/options';
import { signal } from '../../src/processes/processes';
import { verifyTopics } from '../../src/components/topics/verify';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { leadersOf } from '../support/leaders';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const RECORDS = 500;
const KEYS = 50;
const brokers = catalogueBrokers();

/** Waits until every replica is in sync again after the previous test. */
beforeEach(() =>
  until(async () => {
    const { connection } = brokers.platform;
    return (await verifyTopics({ connection, topics: brokers.config.topics })).length === 0;
  }),
);

/** Freezes a broker during the work: it keeps its connections, accepts new ones, and does not respond. */
async function whileFrozen(nodeId: number, work: () => Promise<void>): Promise<void> {
  const pid = brokers.platform.pid(nodeId) ?? 0;
  signal(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    signal(pid, 'SIGCONT');
  }
}

it('a consumer continues while a broker is frozen, and a producer started meanwhile writes, even if it is the first bootstrap server', async () => {
  const { connection } = brokers.platform;
  const topic = 'customers';
  const places = new Set<string>();
  const consumer = await EventConsumer.start({
    connection,
    groupId: 'frozen',
    topics: [topic],
    handle: ({ partition, offset }) => void places.add(`${partition} ${offset}`),
  });
  await whileFrozen(0, async () => {
    await writeCounting({ connection, topic, records: RECORDS, keys: KEYS });
    // A rebalance may have to wait for the frozen broker: 13 to 42 s on an idle machine.
    await until(() => places.size === RECORDS);
  });
  await consumer.close();
});

/** Part of kafkajs's cluster that it uses when it restarts a consumer. */
interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<unknown>;
  removeBroker(lost: unknown): void;
}

it('a restarted consumer that knows only a frozen broker connects to the next server', async () => {
  let cluster: Cluster | undefined;
  connectKafka(brokers.platform.connection).consumer({
    groupId: 'starts-again',
    partitionAssigners: [
      (config) => {
        cluster = config.cluster;
        return PartitionAssigners.roundRobin(config);
      },
    ],
  });
  if (cluster === undefined) throw new Error('kafkajs makes its assigners later');
  const view: Cluster = cluster;
  const again = async (): Promise<unknown> => {
    await view.disconnect();
    await view.connect();
    return view.refreshMetadata();
  };
  // Connects to the first server of the list.
  await view.connect();
  await whileFrozen(0, async () => {
    const lost = await again().catch((error: unknown) => error);
    expect(lost).toMatchObject({ name: 'KafkaJSConnectionClosedError' });
    view.removeBroker(lost);
    await again();
  });
  await view.disconnect();
});

it('a producer continues with new leaders, in order and once, and nothing is read from the deposed leader afterwards', async () => {
  const { connection } = brokers.platform;
  const topic = 'orders';
  const producer = new EventProducer({ connection });
  const send = (number: number) =>
    producer.send(topic, { key: `key-${number % KEYS}`, value: alreadyEncoded(Buffer.from(String(number))) });
  const deliveries = [await send(0)];
  const [leader = 0] = (await leadersOf(connection, topic)).values();
  await whileFrozen(leader, async () => {
    const frozenAt = Date.now();
    deliveries.push(...(await Promise.all(Array.from({ length: RECORDS }, (_, index) => send(index + 1)))));
    expect(Date.now() - frozenAt).toBeLessThan(DEFAULTS.deliveryTimeoutMs / 2);
  });
  // For a moment, the deposed leader responds as if it still led.
  const seen = await readTopic(connection, topic);
  await producer.close(5_000);
  const standing = new Map(seen.map(({ partition, offset, value }) => [Number(value), { partition, offset }]));
  expect(seen).toHaveLength(deliveries.length);
  expect(deliveries).toEqual(deliveries.map((_, number) => ({ outcome: 'delivered', ...standing.get(number) })));
  const numbers = new Map<number, number[]>();
  for (const { partition, value } of seen) numbers.set(partition, [...(numbers.get(partition) ?? []), Number(value)]);
  for (const ofPartition of numbers.values()) expect(ofPartition).toEqual([...ofPartition].sort((a, b) => a - b));
});
