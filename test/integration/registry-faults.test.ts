import type { CatalogueSerde } from '../../examples/catalogue/clients';
import { days } from '../../src/validation/units';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PermanentError, RetriableError } from '../../src/client/errors';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { ExactlyOnceTransform } from '../../src/client/exactly-once/exactly-once-transform';
import type { Delivery } from '../../src/client/producer/delivery';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import { decoded } from '../../src/client/serde/decoded';
import { EventSerde } from '../../src/client/serde/event-serde';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import { valueSubject } from '../../src/avro/subject';
import type { TransactionRecord } from '../../src/client/transactions/transaction-record';
import { catalogueTopics } from '../../tools/support/with-catalogue';
import { retryTopic } from '../../src/client/retry/retry-chain';
import { retryChain } from '../../src/components/topics/retry-chain';
import { order, orderV1, payment } from '../../tools/support/events';
import {
  ATTEMPTS_IN_PLACE,
  fateOf,
  faultyOrders,
  HANDLER_TIMEOUT_MS,
  KINDS,
  UNKNOWN_ID,
  type Fate,
} from '../support/faulty-orders';
import { prefixed } from '../../tools/support/framed';
import { startGate, type Gate } from '../support/gate';
import { groupLag } from '../support/group-lag';
import { laterWriter } from '../support/later-writer';
import { leadersOf } from '../support/leaders';
import { temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { named, nameOf, NamedRecords, type NamedRecord } from '../support/named-records';
import { startPlatformWithRegistry, type PlatformWithRegistry } from '../../tools/support/platform-with-registry';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';
import { viewsPastTheCatalogue } from '../support/views-past-the-catalogue';

const BACK_OFF = { firstMs: 20, maxMs: 100 };

const DELAY = '1s';
const orders = retryChain({ name: 'orders', partitions: 6, retentionMs: days(7) }, 'faults', [DELAY]);
const payments = retryChain({ name: 'payments', partitions: 6, retentionMs: days(30) }, 'faults', [DELAY]);
const revenue = retryChain({ name: 'revenue', partitions: 3, retentionMs: days(30) }, 'faults');
const views = retryChain({ name: 'page-views', partitions: 6, retentionMs: days(1) }, 'faults', [DELAY]);
/** Topics of this test's retry chains, which are not in the catalogue. */
const topicOf = (name: string): string => name;

let platform: PlatformWithRegistry;
let gate: Gate;
let records: NamedRecords;
let serde: CatalogueSerde<'orders' | 'payments' | 'revenue'>;

beforeAll(async () => {
  const topics = [...catalogueTopics, ...orders.topics, ...payments.topics, ...revenue.topics, ...views.topics];
  platform = await startPlatformWithRegistry(threeBrokers(temporaryDirectory(), { topics }));
  gate = await startGate(platform.registry);
  records = new NamedRecords(platform.connection);
  serde = await open();
});

afterAll(async () => {
  await records.close();
  await gate.close().catch(() => undefined);
  await platform.stop();
});

/** A serde that knows only the newest schema of each topic. */
const open = () =>
  EventSerde.open({ registry: gate.url, schemas: eventSchemas, topics: ['orders', 'payments', 'revenue'] });

const lag = (groupId: string, topic: string) => groupLag({ connection: platform.connection, groupId, topic });
const send = (record: NamedRecord): Promise<Delivery> => records.send(record);
const namesIn = (topic: string): Promise<readonly string[]> => records.in(topicOf(topic));

describe('records with every fault', () => {
  const PER_KIND = 12;
  const names = Array.from({ length: PER_KIND }, (_, number) => KINDS.map((kind) => `${kind}-${number}`)).flat();
  const ending = (...ends: readonly Fate['ends'][]): readonly string[] =>
    names.filter((name) => ends.includes(fateOf(name).ends)).sort();
  const toHandle = ending('handled', 'handled later');
  const toDeadLetters = ending('dead letter', 'dead letter, after a wait');

  const calls = new Map<string, number>();
  const handled: string[] = [];
  const values = new Map<string, unknown>();
  let oversize: Delivery;

  beforeAll(async () => {
    const first = (await platform.client.idOf(valueSubject('orders'), eventSchemas.orders[0])) ?? 0;
    const valueOf = faultyOrders({ serde, first });
    const sending = names.map((name) => send({ topic: 'orders', name, value: valueOf(name) }));
    oversize = await send({ topic: 'orders', name: 'oversize', value: randomBytes(2_000_000) });
    const outcomes = await Promise.all(sending);
    expect(outcomes.filter(({ outcome }) => outcome !== 'delivered')).toEqual([]);
    const consumer = await RetryingConsumer.start({
      connection: platform.connection,
      chain: orders,
      attemptsInPlace: ATTEMPTS_IN_PLACE,
      handlerTimeoutMs: HANDLER_TIMEOUT_MS,
      backOff: BACK_OFF,
      handle: decoded(serde, async (record, { signal }) => {
        const name = nameOf(record);
        const { failing = 0, isSlow = false } = fateOf(name);
        const call = (calls.get(name) ?? 0) + 1;
        calls.set(name, call);
        if (name.startsWith('refused')) throw new PermanentError('refused');
        if (call <= failing && isSlow) await delay(10 * HANDLER_TIMEOUT_MS, undefined, { signal });
        if (call <= failing) throw new RetriableError('not yet');
        values.set(name, record.value);
        handled.push(name);
      }),
    });
    await until(() => handled.length >= toHandle.length);
    await until(async () => (await namesIn(orders.deadLetterTopic)).length >= toDeadLetters.length);
    await consumer.close();
  });

  it('are each handled once or a dead letter once: none is lost, none is both', async () => {
    expect([...handled].sort()).toEqual(toHandle);
    expect([...(await namesIn(orders.deadLetterTopic))].sort()).toEqual(toDeadLetters);
    expect(toHandle.length + toDeadLetters.length).toBe((await readTopic(platform.connection, 'orders')).length);
  });

  it('wait in the retry topic only for failures that may pass', async () => {
    const waited = await namesIn(retryTopic('orders', orders.group, DELAY));
    expect([...waited].sort()).toEqual(ending('handled later', 'dead letter, after a wait'));
  });

  it('reach the handler once per attempt, and never if they cannot be decoded', () => {
    expect(names.map((name) => [name, calls.get(name)])).toEqual(names.map((name) => [name, fateOf(name).calls]));
  });

  it('have their value: the default for an older writer, null for a tombstone', () => {
    expect(values.get('good-0')).toEqual(order());
    expect(values.get('old-0')).toEqual({ ...orderV1(), couponCode: null });
    expect(values.get('tombstone-0')).toBeNull();
  });

  it('become dead letters byte for byte, with a reason that quotes no value', async () => {
    const source = new Map((await readTopic(platform.connection, 'orders')).map((record) => [nameOf(record), record]));
    for (const deadLetter of await readTopic(platform.connection, topicOf(orders.deadLetterTopic))) {
      const { key, value, timestamp, partition, offset } = source.get(nameOf(deadLetter)) as ConsumedRecord;
      expect(deadLetter).toMatchObject({ key, value, timestamp, partition });
      const text = (header: string): string => String(deadLetter.headers[header]);
      const { why = /^$/, calls: failed = 1 } = fateOf(nameOf(deadLetter));
      expect(text('__dlq.errors.offset')).toBe(String(offset));
      expect(`${text('kafka_dlt-exception-fqcn')}: ${text('__dlq.errors.message')}`).toMatch(why);
      expect(text('__dlq.errors.delivery.count')).toBe(String(failed));
      expect(Object.values(deadLetter.headers).map(String).join()).not.toContain('secret');
    }
  });

  it('that are too large are reported as failed and are in no topic', async () => {
    expect(oversize.outcome).toBe('failed');
    expect(await namesIn('orders')).not.toContain('oversize');
  });

  it('are committed to the end', async () => {
    expect(await lag(orders.group, 'orders')).toBe(0n);
  });
});

it('holds a partition whose records need the unavailable registry; other partitions continue, and all records are handled once', async () => {
  const HELD = 0;
  const known = serde.encode('payments', payment());
  const write = await laterWriter(platform.client, 'payments');
  const handled: string[] = [];
  const consumer = await RetryingConsumer.start({
    connection: platform.connection,
    chain: payments,
    attemptsInPlace: 1,
    backOff: BACK_OFF,
    handle: decoded(await open(), (record) => void handled.push(nameOf(record))),
  });
  const leaders = await leadersOf(platform.connection, 'payments');
  const elsewhere = [...leaders.keys()].filter((partition) => leaders.get(partition) !== leaders.get(HELD));
  const toAll = (wave: string, partitions: readonly number[]): Promise<readonly string[]> =>
    Promise.all(
      partitions.map(async (partition) => {
        const name = `${wave}-${partition}`;
        await send({ topic: 'payments', name, value: known, partition });
        return name;
      }),
    );
  const areHandled = (names: readonly string[]) => until(() => names.every((name) => handled.includes(name)));
  const before = await toAll('before', [...leaders.keys()]);
  await areHandled(before);

  await gate.close();
  const held = Object.entries({ later: write(payment()), behind: known, nobody: prefixed(UNKNOWN_ID, known) });
  for (const [name, value] of held) await send({ topic: 'payments', name, value, key: 'held', partition: HELD });
  const meanwhile: string[] = [];
  for (let wave = 0; wave < 5; wave++) {
    const names = await toAll(`wave-${wave}`, elsewhere);
    await areHandled(names);
    meanwhile.push(...names);
  }
  await delay(1_000);
  expect([...handled].sort()).toEqual([...before, ...meanwhile].sort());
  expect(await lag(payments.group, 'payments')).toBeGreaterThanOrEqual(BigInt(held.length));
  for (const { name } of payments.topics) expect(await namesIn(name)).toEqual([]);

  await gate.open();
  await until(async () => (await namesIn(payments.deadLetterTopic)).length > 0);
  await consumer.close();
  expect(handled.slice(-2)).toEqual(['later', 'behind']);
  expect([...handled].sort()).toEqual([...before, ...meanwhile, 'later', 'behind'].sort());
  expect(await namesIn(payments.deadLetterTopic)).toEqual(['nobody']);
  expect(await namesIn(retryTopic('payments', payments.group, DELAY))).toEqual([]);
  expect(await lag(payments.group, 'payments')).toBe(0n);
});

it('blames no record for its schema: a schema with references is read, an unreadable one ends the consumer', async () => {
  const { names, handled, reason } = await viewsPastTheCatalogue({ platform, chain: views, records });
  expect([handled, reason]).toEqual([names, expect.stringMatching(/page-views-value version 3\) .*: path is missing/)]);
  for (const { name } of views.topics) expect(await namesIn(name)).toEqual([]);
});

describe('a transform', () => {
  const PARTITION = 1;
  const OUTPUT = 'platform-smoke';
  const NAMES = ['first', 'later', 'json', 'between', 'empty', 'last'];

  /** @param lastValue output value of the last record */
  const start = (lastValue: Buffer, own: CatalogueSerde<'revenue'>): Promise<ExactlyOnceTransform<'revenue'>> =>
    ExactlyOnceTransform.start<'revenue', undefined>({
      connection: platform.connection,
      groupId: revenue.group,
      topic: 'revenue',
      deadLetterTopic: topicOf(revenue.deadLetterTopic),
      backOff: BACK_OFF,
      // Commits follow heartbeats, which are rare enough to commit the records together.
      heartbeatIntervalMs: 5_000,
      restore: () => Promise.resolve(undefined),
      transform: async (batch) => {
        const outputs: TransactionRecord[] = [];
        for (const record of batch) {
          const { orderId } = await own.decode('revenue', record.value);
          const name = nameOf(record);
          const value = name === 'last' ? lastValue : Buffer.from(orderId);
          outputs.push({ topic: OUTPUT, partition: PARTITION, key: name, value, headers: named(name) });
        }
        return outputs;
      },
    });

  const results = async () => [await namesIn(OUTPUT), await namesIn(revenue.deadLetterTopic)];

  it('skips no record while the registry is unavailable, and commits dead letters and outputs together or not at all', async () => {
    const event = { orderId: 'o', paymentId: 'p', amountMinor: 1, currency: 'EUR', recordedAt: 1 };
    const known = serde.encode('revenue', event);
    const write = await laterWriter(platform.client, 'revenue');
    const values: Readonly<Record<string, Buffer>> = {
      later: write(event),
      json: Buffer.from('{}'),
      empty: Buffer.alloc(0),
    };
    for (const name of NAMES)
      await send({ topic: 'revenue', name, value: values[name] ?? known, partition: PARTITION });
    const own = await open();
    await gate.close();
    // The output of the last record is too large for the brokers: the first transaction is aborted as a whole.
    const transform = await start(randomBytes(2_000_000), own);
    await delay(2_000);
    expect(await results()).toEqual([[], []]);

    await gate.open();
    await until(async () => (await lag(revenue.group, 'revenue')) === 0n);
    await transform.close();
    expect(await results()).toEqual([
      ['first', 'later', 'between'],
      ['json', 'empty', 'last'],
    ]);
  });
});
