import { rmSync } from 'node:fs';
import { alreadyEncoded, type EventTopic } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import { decodeRecord, type EventRecord } from '../../src/client/serde/decode-record';
import { EventSerde } from '../../src/client/serde/event-serde';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { analytics } from '../../src/samples/analytics';
import { assortment } from '../../src/samples/assortment';
import { email } from '../../src/samples/email';
import { inventory } from '../../src/samples/inventory';
import { judgeSamples } from '../../src/samples/judge';
import { orderService } from '../../src/samples/order-service';
import { ordersV1Reader } from '../../src/samples/orders-v1-reader';
import { pageViewGenerator } from '../../src/samples/page-view-generator';
import { payment } from '../../src/samples/payment';
import { applySchemas } from '../../src/schemas/apply';
import type { EventOf } from '../../src/schemas/events';
import { loadSubjects } from '../../src/schemas/load';
import { registryClient } from '../../src/schemas/registry-client';
import type { Generator, Sample } from '../../src/service/sample';
import { applyTopics } from '../../src/topics/apply';
import { catalogue, retryChains, type TopicName } from '../../src/topics/catalogue';
import { retryTopic } from '../../src/topics/retry-chain';
import { startApicurio, type Apicurio } from '../support/apicurio';
import { freePort } from '../support/free-port';
import { oneBroker, startPlatform, temporaryDirectory } from '../support/local-platform';
import { startProgram, type Program } from '../support/program';
import { readTopic } from '../../src/client/log/read-topic';
import { runSample, type SampleRun } from '../support/sample-run';
import { until } from '../support/until';

const ORDERS = 300;
const PAGE_VIEWS = 3_000;
const PAYMENT_TOPICS = ['payments', 'orders-paid', 'revenue'] as const;

const directory = temporaryDirectory();
const config = oneBroker(directory, { topics: [...catalogue] });
let apicurio: Apicurio;
let platform: LocalPlatform;
let serde: EventSerde<EventTopic>;
const running: SampleRun[] = [];

beforeAll(async () => {
  [apicurio, platform] = await Promise.all([startApicurio(), startPlatform(config)]);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
});

afterAll(async () => {
  // A second call waits for the first: one that is left goes on for ever.
  await Promise.all(running.map((each) => each.close()));
  await platform.stop();
  await apicurio.stop();
  rmSync(directory, { recursive: true });
});

async function run(start: Sample): Promise<SampleRun> {
  const begun = await runSample({ start, bootstrap: platform.bootstrap, registry: apicurio.url });
  running.push(begun);
  return begun;
}

const generate = (start: Generator, eventsPerSecond: number): Promise<SampleRun> =>
  run((context) => start({ ...context, eventsPerSecond }));

const lengthOf = async (topic: TopicName): Promise<number> => (await readTopic(platform.bootstrap, topic)).length;

/** The events of a topic, without what cannot be read. */
async function eventsOf<T extends EventTopic>(topic: T): Promise<readonly EventRecord<T, EventOf<T>>[]> {
  const records = await readTopic(platform.bootstrap, topic);
  const readable = records.filter(({ value }) => value?.[0] === 0);
  return Promise.all(readable.map(async (record) => (await decodeRecord(serde, record)) as EventRecord<T, EventOf<T>>));
}

async function poison(topics: readonly EventTopic[]): Promise<void> {
  const producer = new EventProducer({ bootstrap: platform.bootstrap });
  for (const topic of topics)
    await producer.send<TopicName>(topic, { partition: 0, value: alreadyEncoded(Buffer.from('poison')) });
  await producer.close(5_000);
}

interface Process extends Program {
  /** Whether a path answers well, with this in it. */
  readonly says: (path: string, what: string) => Promise<boolean>;
}

async function startAsProcess(name: string): Promise<Process> {
  const port = await freePort();
  const program = startProgram(name, {
    KAFKA_BOOTSTRAP_SERVERS: platform.bootstrap.join(','),
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

describe('samples as processes', () => {
  it('wait for their schemas, come to be ready and leave in good order', async () => {
    const programs = await Promise.all(['order-service', 'orders-v1-reader'].map(startAsProcess));
    const output = () => programs.map((program) => program.output()).join('\n');
    for (const program of programs) await until(() => program.output().includes('orders-value version 2'));
    await applySchemas({ registry: registryClient({ url: apicurio.url }), subjects: loadSubjects() });
    for (const { says } of programs) await until(() => says('/readyz', 'ready'), { otherwise: output });
    for (const { says } of programs)
      await until(() => says('/metrics', 'app_sample_done_total{'), { otherwise: output });
    for (const program of programs) program.signal('SIGTERM');
    for (const { exited } of programs) expect((await exited).code).toBe(0);
    expect(output()).toMatch(/\d+ delivered\nclosed/);
    expect(output()).toMatch(/\d+ orders read, \d+ cents of EUR\nclosed/);
    // The next reader begins anew.
    await withAdmin(quietKafka(platform.bootstrap), (admin) => admin.deleteGroups(['orders-v1-reader']));
  });
});

describe('the samples together', () => {
  let orders: readonly EventOf<'orders'>[];
  let views: readonly EventOf<'page-views'>[];
  let runs: Readonly<Record<'email' | 'inventory' | 'reader', SampleRun>>;

  beforeAll(async () => {
    const topics = ['orders', 'page-views', 'page-view-counts', ...PAYMENT_TOPICS] as const;
    serde = await EventSerde.open({ registry: apicurio.url, topics });
    const handlers = await Promise.all([email, inventory, ordersV1Reader].map(run));
    const [mails, stock, reader] = handlers as [SampleRun, SampleRun, SampleRun];
    runs = { email: mails, inventory: stock, reader };
    const first = await Promise.all([payment, analytics].map(run));
    const makers = await Promise.all([generate(orderService, 100), generate(pageViewGenerator, 1_000)]);
    await poison(['orders', 'page-views']);
    const otherwise = () => running.map(({ lines }) => lines.join('\n')).join('\n');
    for (const topic of ['revenue', 'page-view-counts'] as const)
      await until(async () => (await lengthOf(topic)) > 0, { withinMs: 120_000, otherwise });
    // Others go on where these were, while more comes.
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

  it('have made orders and page views, each of them once', () => {
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

  it('go on with the trace of each order', async () => {
    const traces = async (topic: TopicName) =>
      (await readTopic(platform.bootstrap, topic)).map(({ headers }) => String(headers['traceparent'])).sort();
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

  it('have reserved every order, some of them later, but for those that nobody can serve', async () => {
    const unsold = orders.filter((order) => !isSold(order)).map(({ orderId }) => orderId);
    const letters = await readTopic(platform.bootstrap, retryChains.inventory.deadLetterTopic);
    const events = letters.filter(({ value }) => value?.[0] === 0);
    const ids = events.map(({ value }) => (serde.decode('orders', value) as EventOf<'orders'>).orderId);
    expect(unsold.length).toBeGreaterThan(0);
    expect(ids.sort()).toEqual([...unsold].sort());
    expect(await runs.inventory.done('orders reserved')).toBe(orders.length - unsold.length);
    const late = orders.filter((order) => order.lines.some(({ sku }) => assortment.get(sku)?.deliveredAfterMs));
    expect(late.length).toBeGreaterThan(0);
    expect(await lengthOf(retryTopic('orders', 'inventory', '5s'))).toBeGreaterThan(0);
  });

  it('are judged by the logs alone, and a payment that stands twice is found', async () => {
    const judge = () => judgeSamples({ bootstrap: platform.bootstrap, registry: apicurio.url });
    const { flaws, ...counts } = await judge();
    expect(counts).toMatchObject({ orders: orders.length, pageViews: views.length });
    expect(Object.entries(flaws).filter(([, count]) => count > 0)).toEqual([]);
    const [paid] = await readTopic(platform.bootstrap, 'payments');
    const producer = new EventProducer({ bootstrap: platform.bootstrap });
    await producer.send('payments', { key: paid?.key ?? null, value: paid?.value ? alreadyEncoded(paid.value) : null });
    await producer.close(5_000);
    expect((await judge()).flaws).toEqual({ ...flaws, paidTwice: 1 });
  });

  it.each(Object.values(retryChains))('have kept what $group cannot read, with where it stood', async (chain) => {
    const letters = await readTopic(platform.bootstrap, chain.deadLetterTopic);
    const unread = letters.filter(({ value }) => value?.toString() === 'poison');
    expect(unread).toHaveLength(1);
    expect(String(unread[0]?.headers['__dlq.errors.topic'])).toBe(chain.topic);
    expect(String(unread[0]?.headers['__dlq.errors.group'])).toBe(chain.group);
  });
});
