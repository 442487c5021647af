import type { EventOf, EventTopic, ShopSerde } from '../../clients';
import { rmSync } from 'node:fs';
import { alreadyEncoded } from '../../../../src/client/encoded';
import { EventProducer } from '../../../../src/client/producer/event-producer';
import { connectKafka, withAdmin } from '../../../../src/client/kafka-client';
import { decodeRecord, type EventRecord } from '../../../../src/client/serde/decode-record';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import type { LocalPlatform } from '../../../../src/local/local-platform';
import { analytics } from '../../src/analytics';
import { assortment } from '../../src/assortment';
import { email } from '../../src/email';
import { inventory } from '../../src/inventory';
import { checkLogs } from '../../checker/check-logs';
import { orderService } from '../../src/order-service';
import { ordersV1Reader } from '../../src/orders-v1-reader';
import { pageViewGenerator } from '../../src/page-view-generator';
import { payment } from '../../src/payment';
import { applySchemas } from '../../../../src/components/schemas/apply';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { registryClient } from '../../../../src/registry-client/registry-client';
import type { Generator, Application } from '../../src/process/application';
import { applyTopics } from '../../../../src/components/topics/apply';
import { retryChains, topics as catalogue } from '../../topics';
import { retryTopic } from '../../../../src/client/retry/retry-chain';
import { startApicurio, type Apicurio } from '../../../../tools/support/apicurio';
import { freePort } from '../../../../tools/support/free-port';
import { discard, oneBroker, startPlatform, temporaryDirectory } from '../../../../tools/support/local-platform';
import { startProgram, type Program } from '../support/program';
import { readTopic } from '../../../../src/client/log/read-topic';
import { runApplicationHere, type ApplicationRun } from '../support/application-run';
import { until } from '../../../../test/support/until';
import { eventSchemas } from '../../schemas/event-schemas';
import { schemas } from '../../schemas';

const ORDERS = 300;
const PAGE_VIEWS = 3_000;
const PAYMENT_TOPICS = ['payments', 'orders-paid', 'revenue'] as const;

const directory = temporaryDirectory();
const config = oneBroker(directory, { topics: [...catalogue] });
let apicurio: Apicurio;
let platform: LocalPlatform;
let serde: ShopSerde<EventTopic>;
const running: ApplicationRun[] = [];

beforeAll(async () => {
  [apicurio, platform] = await Promise.all([startApicurio(), startPlatform(config)]);
  await applyTopics({ connection: platform.connection, topics: config.topics });
});

afterAll(async () => {
  // A second call waits for the first; a remaining application would run forever.
  await Promise.all(running.map((each) => each.close()));
  await discard(platform);
  await apicurio.stop();
  rmSync(directory, { recursive: true });
});

async function run(start: Application): Promise<ApplicationRun> {
  const begun = await runApplicationHere({ start, connection: platform.connection, registry: apicurio.url });
  running.push(begun);
  return begun;
}

const generate = (start: Generator, eventsPerSecond: number): Promise<ApplicationRun> =>
  run((context) => start({ ...context, eventsPerSecond, withFailures: true }));

const lengthOf = async (topic: string): Promise<number> => (await readTopic(platform.connection, topic)).length;

/** The events of a topic, without undecodable records. */
async function eventsOf<T extends EventTopic>(topic: T): Promise<readonly EventRecord<T, EventOf<T>>[]> {
  const records = await readTopic(platform.connection, topic);
  const readable = records.filter(({ value }) => value?.[0] === 0);
  return Promise.all(readable.map(async (record) => (await decodeRecord(serde, record)) as EventRecord<T, EventOf<T>>));
}

async function poison(topics: readonly EventTopic[]): Promise<void> {
  const producer = new EventProducer({ connection: platform.connection });
  for (const topic of topics)
    await producer.send(topic, { partition: 0, value: alreadyEncoded(Buffer.from('poison')) });
  await producer.close(5_000);
}

interface Process extends Program {
  /** Whether the response of a path is successful and contains this text. */
  readonly says: (path: string, what: string) => Promise<boolean>;
}

async function startAsProcess(name: string): Promise<Process> {
  const port = await freePort();
  const program = startProgram(name, {
    KAFKA_BOOTSTRAP_SERVERS: platform.connection.bootstrapServers.join(','),
    SCHEMA_REGISTRY_URL: apicurio.url,
    SERVICE_PORT: String(port),
    INSTANCE: `${name}-0`,
    EVENTS_PER_SECOND: '20',
    SHUTDOWN_MS: '10000',
  });
  const says = async (path: string, what: string): Promise<boolean> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    return answer?.status === 200 && (await answer.text()).includes(what);
  };
  return { ...program, says };
}

describe('applications as processes', () => {
  it('wait for their schemas, become ready, and stop in an orderly way', async () => {
    const programs = await Promise.all(['order-service', 'orders-v1-reader'].map(startAsProcess));
    const output = () => programs.map((program) => program.output()).join('\n');
    for (const program of programs) await until(() => program.output().includes('orders-value version 2'));
    await applySchemas({ registry: registryClient({ url: apicurio.url }), subjects: loadSubjects(schemas) });
    for (const { says } of programs) await until(() => says('/readyz', 'ready'), { otherwise: output });
    for (const { says } of programs) await until(() => says('/metrics', 'app_done_total{'), { otherwise: output });
    for (const program of programs) program.signal('SIGTERM');
    for (const { exited } of programs) expect((await exited).code).toBe(0);
    expect(output()).toMatch(/\d+ delivered\nclosed/);
    expect(output()).toMatch(/\d+ orders read, \d+ cents of EUR\nclosed/);
    // The next reader starts from the beginning.
    await withAdmin(connectKafka(platform.connection), (admin) => admin.deleteGroups(['orders-v1-reader']));
  });
});

describe('the applications together', () => {
  let orders: readonly EventOf<'orders'>[];
  let views: readonly EventOf<'page-views'>[];
  let runs: Readonly<Record<'email' | 'inventory' | 'reader', ApplicationRun>>;

  beforeAll(async () => {
    const topics = ['orders', 'page-views', 'page-view-counts', ...PAYMENT_TOPICS] as const;
    serde = await EventSerde.open({ registry: apicurio.url, schemas: eventSchemas, topics });
    const handlers = await Promise.all([email, inventory, ordersV1Reader].map(run));
    const [mails, stock, reader] = handlers as [ApplicationRun, ApplicationRun, ApplicationRun];
    runs = { email: mails, inventory: stock, reader };
    const first = await Promise.all([payment, analytics].map(run));
    const makers = await Promise.all([generate(orderService, 100), generate(pageViewGenerator, 1_000)]);
    await poison(['orders', 'page-views']);
    const otherwise = () => running.map(({ lines }) => lines.join('\n')).join('\n');
    for (const topic of ['revenue', 'page-view-counts'] as const)
      await until(async () => (await lengthOf(topic)) > 0, { otherwise });
    // Other members continue at their positions, while more records arrive.
    await Promise.all(first.map((each) => each.close()));
    const second = await Promise.all([payment, analytics].map(run));
    await until(async () => (await makers[0].done('delivered')) > ORDERS);
    await until(async () => (await makers[1].done('delivered')) > PAGE_VIEWS);
    await Promise.all(makers.map((each) => each.close()));

    orders = (await eventsOf('orders')).map(({ value }) => value as EventOf<'orders'>);
    views = (await eventsOf('page-views')).map(({ value }) => value as EventOf<'page-views'>);
    await until(async () => (await mails.done('receipts sent')) >= orders.length);
    await until(async () => (await reader.done('orders read')) >= orders.length);
    await until(async () => (await stock.done('orders reserved')) >= orders.filter(isSold).length);
    await until(async () => (await lengthOf('revenue')) >= orders.length);
    await until(async () => sumOf(await lastCounts()) >= views.length);
    await until(async () => (await lengthOf(retryChains.analytics.deadLetterTopic)) > 0);
    // The undecodable record, and every order with an unknown article.
    const refused = orders.filter((order) => !isSold(order)).length + 1;
    await until(async () => (await lengthOf(retryChains.inventory.deadLetterTopic)) >= refused);
    await Promise.all([...handlers, ...second].map((each) => each.close()));
  });

  const isSold = ({ lines }: EventOf<'orders'>): boolean => lines.every(({ sku }) => assortment.has(sku));

  /** The newest count of each path in each partition. */
  async function lastCounts(): Promise<readonly EventOf<'page-view-counts'>[]> {
    const newest = new Map<string, EventOf<'page-view-counts'>>();
    for (const { partition, key, value } of await eventsOf('page-view-counts'))
      newest.set(`${partition} ${String(key)}`, value as EventOf<'page-view-counts'>);
    return [...newest.values()];
  }

  const sumOf = (counts: readonly { readonly views: number }[]): number =>
    counts.reduce((sum, { views: each }) => sum + each, 0);

  it('have created orders and page views, each once', () => {
    expect(orders.length).toBeGreaterThan(ORDERS);
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
    expect(views.length).toBeGreaterThan(PAGE_VIEWS);
  });

  it.each(PAYMENT_TOPICS)('have each order once in %s, with its sum', async (topic) => {
    const paid = (await eventsOf(topic)).map(({ value }) => value as EventOf<typeof topic>);
    const brief = ({ orderId, amountMinor }: { orderId: string; amountMinor: number }) => `${orderId} ${amountMinor}`;
    expect(paid.map(brief).sort()).toEqual(orders.map(brief).sort());
    expect(paid.every(({ paymentId, orderId }) => paymentId === `payment-${orderId}`)).toBe(true);
  });

  it('continue the trace of each order', async () => {
    const traces = async (topic: string) =>
      (await readTopic(platform.connection, topic)).map(({ headers }) => String(headers['traceparent'])).sort();
    const ofPayments = await traces('payments');
    expect(ofPayments.every((trace) => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(trace))).toBe(true);
    expect(await traces('orders')).toEqual(expect.arrayContaining(ofPayments));
  });

  it('have counted each page view once, path by path', async () => {
    const counted = await lastCounts();
    for (const path of new Set(views.map((view) => view.path))) {
      const expected = views.filter((view) => view.path === path).length;
      expect([path, sumOf(counted.filter((count) => count.path === path))]).toEqual([path, expected]);
    }
    expect(sumOf(counted)).toBe(views.length);
  });

  it('have a receipt for each order, and read each as its first version', async () => {
    expect(await runs.email.done('receipts sent')).toBe(orders.length);
    expect(await runs.reader.done('orders read')).toBe(orders.length);
    expect(await runs.reader.done('cents of EUR')).toBe(orders.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    expect(await runs.reader.done('passed over')).toBe(1);
  });

  it('have reserved every order, some of them later, except for impossible ones', async () => {
    const unsold = orders.filter((order) => !isSold(order)).map(({ orderId }) => orderId);
    const deadLetterRecords = await readTopic(platform.connection, retryChains.inventory.deadLetterTopic);
    const events = deadLetterRecords.filter(({ value }) => value?.[0] === 0);
    const ids = events.map(({ value }) => (serde.decode('orders', value) as EventOf<'orders'>).orderId);
    expect(unsold.length).toBeGreaterThan(0);
    expect(ids.sort()).toEqual([...unsold].sort());
    expect(await runs.inventory.done('orders reserved')).toBe(orders.length - unsold.length);
    const late = orders.filter((order) => order.lines.some(({ sku }) => assortment.get(sku)?.deliveredAfterMs));
    expect(late.length).toBeGreaterThan(0);
    expect(await lengthOf(retryTopic('orders', 'inventory', '5s'))).toBeGreaterThan(0);
  });

  it('are checked by the logs alone, which detects a duplicate payment', async () => {
    const check = () => checkLogs({ connection: platform.connection, registry: apicurio.url });
    const { anomalies, ...counts } = await check();
    expect(counts).toMatchObject({ orders: orders.length, pageViews: views.length });
    expect(Object.entries(anomalies).filter(([, count]) => count > 0)).toEqual([]);
    const [paid] = await readTopic(platform.connection, 'payments');
    const producer = new EventProducer({ connection: platform.connection });
    await producer.send('payments', { key: paid?.key ?? null, value: paid?.value ? alreadyEncoded(paid.value) : null });
    await producer.close(5_000);
    expect((await check()).anomalies).toEqual({ ...anomalies, paidTwice: 1 });
  });

  it.each(Object.values(retryChains))('have kept undecodable records of $group with their position', async (chain) => {
    const deadLetterRecords = await readTopic(platform.connection, chain.deadLetterTopic);
    const unread = deadLetterRecords.filter(({ value }) => value?.toString() === 'poison');
    expect(unread).toHaveLength(1);
    expect(String(unread[0]?.headers['__dlq.errors.topic'])).toBe(chain.topic);
    expect(String(unread[0]?.headers['__dlq.errors.group'])).toBe(chain.group);
  });
});
