import type { EventOf, CatalogueSerde } from '../../examples/catalogue/clients';
import type { KafkaConnection } from '../../src/protocol/connection';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { handleBatches } from '../../examples/handle-batches';
import { handleEvents } from '../../examples/handle-events';
import { readWriteAvro } from '../../examples/read-write-avro';
import { retryLater } from '../../examples/retry-later';
import { sendBatches } from '../../examples/send-batches';
import { sendEvents } from '../../examples/send-events';
import { transformExactlyOnce } from '../../examples/transform-exactly-once';
import { writeTransaction } from '../../examples/write-transaction';
import { PermanentError } from '../../src/client/errors';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { EventSerde } from '../../src/client/serde/event-serde';
import { retryChains, topics as catalogue } from '../../examples/catalogue/topics';
import { order, orderV1, payment } from '../../tools/support/events';
import { clientProject } from '../support/client-project';
import { groupLag } from '../support/group-lag';
import { oneBroker, temporaryDirectory } from '../../tools/support/local-platform';
import { startPlatformWithRegistry, type PlatformWithRegistry } from '../../tools/support/platform-with-registry';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';

const CUSTOMERS = 5;
const PATHS = 7;
const POISON = Buffer.from('{"orderId": "as JSON"}');
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const CLOSED = { abandoned: [], hasLeft: true };

const orders = Array.from({ length: 60 }, (_, number) =>
  order({ orderId: `order-${number}`, customerId: `customer-${number % CUSTOMERS}` }),
);
const ids = orders.map(({ orderId }) => orderId);
/** Too large for brokers, even if compressed. */
const tooLong = randomBytes(2_000_000).toString('hex');

let platform: PlatformWithRegistry;
let at: { readonly connection: KafkaConnection; readonly registry: string };
let serde: CatalogueSerde<'orders' | 'orders-paid' | 'payments' | 'revenue' | 'page-views' | 'page-view-counts'>;

beforeAll(async () => {
  platform = await startPlatformWithRegistry(oneBroker(temporaryDirectory(), { topics: [...catalogue] }));
  const { connection, registry } = platform;
  at = { connection, registry };
  const topics = ['orders', 'orders-paid', 'payments', 'revenue', 'page-views', 'page-view-counts'] as const;
  serde = await EventSerde.open({ registry, schemas: eventSchemas, topics });
});

afterAll(() => platform.stop());

const standing = <T extends string>(topic: T) => readTopic(at.connection, topic);
const lag = (groupId: string, topic: string) => groupLag({ connection: at.connection, groupId, topic });

/** Runs an example until the condition holds, then asks it to end. @returns its result */
async function runUntil<R>(run: (stop: Promise<unknown>) => Promise<R>, isSo: () => boolean | Promise<boolean>) {
  const ending = new AbortController();
  let isOver = false;
  const result = run(once(ending.signal, 'abort')).finally(() => (isOver = true));
  await until(async () => isOver || (await isSo()));
  ending.abort();
  return result;
}

/** Numbers of a customer's orders, in the order of their arrival. */
const numbersOf = (customer: number, seen: readonly string[]): readonly number[] =>
  seen.map((id) => Number(id.replace('order-', ''))).filter((number) => number % CUSTOMERS === customer);
const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);

it('send-events reports the outcome of each order, which is in the log with its headers', async () => {
  const tooLarge = order({ orderId: 'too-large', couponCode: tooLong });
  const sent = await sendEvents({ ...at, orders: [...orders, tooLarge], traceparent: TRACE });
  expect(sent).toEqual({ delivered: ids, failed: ['too-large'], unknown: [] });
  const records = await standing('orders');
  const read = await Promise.all(records.map(async ({ value }) => serde.decode('orders', value)));
  expect(read.map(({ orderId }) => orderId).sort()).toEqual([...ids].sort());
  for (const [index, { key, headers }] of records.entries()) {
    expect(key?.toString()).toBe(read[index]?.customerId);
    expect(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))).toEqual({
      'event-type': 'OrderCreated',
      version: '2',
      source: 'order-service',
      traceparent: TRACE,
      currency: 'EUR',
    });
  }
});

it('handle-events ships every order once, in the order of its customer, and waits while the carrier is down', async () => {
  const shipped: string[] = [];
  let refusals = 0;
  const ship = ({ orderId }: EventOf<'orders'>): Promise<number> => {
    if (orderId === 'order-7' && refusals++ < 2) return Promise.resolve(503);
    shipped.push(orderId);
    return Promise.resolve(201);
  };
  const run = (stop: Promise<unknown>) => handleEvents({ ...at, groupId: 'shipping', ship, stop });
  expect(await runUntil(run, () => shipped.length === orders.length)).toEqual(CLOSED);
  expect([...shipped].sort()).toEqual([...ids].sort());
  expect(refusals).toBe(3);
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const numbers = numbersOf(customer, shipped);
    expect(numbers).toEqual(ascending(numbers));
  }
  expect(await lag('shipping', 'orders')).toBe(0n);
});

it('handle-events ends at an order that fails permanently, and does not skip it', async () => {
  const ship = ({ orderId }: EventOf<'orders'>) => Promise.resolve(orderId === 'order-9' ? 422 : 201);
  const handling = handleEvents({ ...at, groupId: 'refused', ship, stop: new Promise(() => undefined) });
  await expect(handling).rejects.toMatchObject({ reason: 'permanent', exitCode: 4 });
  expect(await lag('refused', 'orders')).toBeGreaterThan(0n);
});

it('handle-batches sends all receipts, and puts aside orders that cannot be read or sent', async () => {
  const producer = new EventProducer({ connection: at.connection });
  const poison = { key: 'customer-0', value: alreadyEncoded<'orders'>(POISON) };
  expect((await producer.send('orders', poison)).outcome).toBe('delivered');
  await producer.close(5_000);
  const receipts: string[] = [];
  let most = 0;
  const sendReceipts = (batch: readonly EventOf<'orders'>[]): Promise<void> => {
    if (batch.some(({ orderId }) => orderId === 'order-3')) return Promise.reject(new PermanentError('no address'));
    most = Math.max(most, batch.length);
    receipts.push(...batch.map(({ orderId }) => orderId));
    return Promise.resolve();
  };
  const { group, deadLetterTopic } = retryChains.email;
  const run = (stop: Promise<unknown>) => handleBatches({ ...at, sendReceipts, stop });
  expect(await runUntil(run, async () => (await lag(group, 'orders')) === 0n)).toEqual(CLOSED);
  expect([...receipts].sort()).toEqual(ids.filter((id) => id !== 'order-3').sort());
  expect(most).toBeGreaterThan(1);
  const deadLetterRecords = await standing(deadLetterTopic);
  const refused = serde.encode('orders', orders[3] ?? order());
  expect(deadLetterRecords.map(({ value }) => value?.toString('hex')).sort()).toEqual(
    [POISON, refused].map((bytes) => bytes.toString('hex')).sort(),
  );
});

it('retry-later reserves available stock, and waits for missing stock and for a warehouse that is down', async () => {
  const calls = new Map<string, number>();
  const reserved: string[] = [];
  /** Of the calls for the order whose stock is missing. */
  const times: number[] = [];
  const reserve = ({ orderId }: EventOf<'orders'>) => {
    const call = (calls.get(orderId) ?? 0) + 1;
    calls.set(orderId, call);
    if (orderId === 'order-2') times.push(Date.now());
    if (orderId === 'order-1') return Promise.resolve('no such article' as const);
    if (orderId === 'order-2' && call <= 3) return Promise.resolve('not in stock yet' as const);
    if (orderId === 'order-4' && call <= 4) return Promise.resolve('down' as const);
    reserved.push(orderId);
    return Promise.resolve('reserved' as const);
  };
  const run = (stop: Promise<unknown>) => retryLater({ ...at, reserve, stop });
  const { group, deadLetterTopic } = retryChains.inventory;
  const isDone = async () => reserved.length === orders.length - 1 && (await lag(group, 'orders')) === 0n;
  expect(await runUntil(run, isDone)).toEqual(CLOSED);
  expect([...reserved].sort()).toEqual(ids.filter((id) => id !== 'order-1').sort());
  // After three attempts, it has waited in the retry topic.
  expect((times[3] ?? 0) - (times[2] ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(calls.get('order-4')).toBe(5);
  const valuesIn = async (topic: string) => (await standing(topic)).map(({ value }) => value?.toString('hex')).sort();
  const bytesOf = (number: number) => serde.encode('orders', orders[number] ?? order()).toString('hex');
  expect(await valuesIn('orders.inventory.retry.5s')).toEqual([bytesOf(2)]);
  expect(await valuesIn('orders.inventory.retry.1m')).toEqual([]);
  expect(await valuesIn(deadLetterTopic)).toEqual([POISON.toString('hex'), bytesOf(1)].sort());
  expect(await lag(group, 'orders')).toBe(0n);
});

it('write-transaction writes the results of a payment to all three topics, or to none', async () => {
  const payments = ['payment-1', 'payment-2', 'too-large', 'payment-3'].map((paymentId) =>
    payment({ paymentId, ...(paymentId === 'too-large' && { customerId: tooLong }) }),
  );
  const outcomes = await writeTransaction({ ...at, transactionalId: 'payment-0', payments });
  expect([...outcomes].map(([id, { outcome }]) => [id, outcome])).toEqual([
    ['payment-1', 'committed'],
    ['payment-2', 'committed'],
    ['too-large', 'aborted'],
    ['payment-3', 'committed'],
  ]);
  for (const topic of ['payments', 'orders-paid', 'revenue'] as const) {
    const events = await Promise.all((await standing(topic)).map(async ({ value }) => serde.decode(topic, value)));
    expect(events.map(({ paymentId }) => paymentId)).toEqual(['payment-1', 'payment-2', 'payment-3']);
  }
});

function* views(count: number): Generator<EventOf<'page-views'>> {
  for (let number = 0; number < count; number++) {
    yield {
      sessionId: `session-${number}`,
      customerId: null,
      path: `/${number % PATHS}`,
      referrer: null,
      viewedAt: 1_764_000_000_000 + number,
    };
  }
}

it('send-batches delivers every view, and waits at its checkpoints for all earlier outcomes', async () => {
  const checkpoints: number[] = [];
  const onCheckpoint = (settled: number) => void checkpoints.push(settled);
  const sent = await sendBatches({ ...at, views: views(2_500), onCheckpoint });
  expect(sent).toEqual({ delivered: 2_500, undelivered: [] });
  expect(checkpoints).toEqual([1_000, 2_000]);
  expect(await standing('page-views')).toHaveLength(2_500);
});

it('transform-exactly-once counts every view once, and continues from its own output', async () => {
  const { group } = retryChains.analytics;
  for (const more of [0, 500]) {
    await sendBatches({ ...at, views: views(more), onCheckpoint: () => undefined });
    const counter = await transformExactlyOnce(at);
    await until(async () => (await lag(group, 'page-views')) === 0n);
    expect(await counter.close()).toEqual(CLOSED);
  }
  const counts = await Promise.all(
    (await standing('page-view-counts')).map(async ({ partition, value }) => {
      const { path, views: count } = await serde.decode('page-view-counts', value);
      return { place: `${partition} ${path}`, count };
    }),
  );
  expect(counts).toHaveLength(3_000);
  for (const place of new Set(counts.map((each) => each.place))) {
    const counted = counts.filter((each) => each.place === place).map(({ count }) => count);
    expect(counted).toEqual(counted.map((_, index) => index + 1));
  }
});

it('read-write-avro reads an order in both versions', async () => {
  const placed = order({ couponCode: 'SPRING' });
  const { bytes, newest, asVersion1 } = await readWriteAvro({ ...at, order: placed });
  expect(bytes).toEqual(serde.encode('orders', placed));
  expect(newest).toEqual(placed);
  expect(asVersion1).toEqual(orderV1());
});

describe('an empty project that installs the packed package, with a catalogue of its own', () => {
  let project: ReturnType<typeof clientProject>;
  beforeAll(() => (project = clientProject()));
  afterAll(() => project.remove());

  it('compiles, but not with another topic or a wrong payload', () => {
    const { others, lines } = project.complaints();
    expect(lines).toEqual(lines.map(({ line }) => ({ line, isNamed: true })));
    expect(others).toBe(0);
  });

  it('sends, handles with retries, and transforms exactly once', async () => {
    const { outcomes, billed, retried, deadLetters, payouts } = await project.run(platform);
    const named = (...numbers: number[]) => numbers.map((number) => `invoice-${number}`).sort();
    const all = Array.from({ length: 30 }, (_, number) => number);
    expect(new Set(outcomes)).toEqual(new Set(['delivered']));
    expect(payouts).toEqual(named(...all));
    expect(retried).toEqual(named(1, 11, 21));
    expect(deadLetters).toEqual(named(2, 12, 22));
    expect(billed).toEqual(named(...all.filter((number) => number % 10 !== 2)));
  });
});
