import type { KafkaConnection } from '../../src/protocol/connection';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { parseConfig } from '../../src/platform/load';
import { withCatalogue } from '../../tools/support/with-catalogue';
import { EventProducer } from '../../src/client/producer/event-producer';
import { connectKafka } from '../../src/client/kafka-client';
import { RetryingConsumer } from '../../src/client/retry/retrying-consumer';
import type { HandlingContext } from '../../src/client/consumer/handlers';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import { deadLetterData } from '../../src/dead-letters/format';
import { markerMessage } from '../../src/dead-letters/marker';
import { parseReplay, parseSelection, type ReplayOptions } from '../../src/dead-letters/parse-options';
import type { ReplayPlan } from '../../src/dead-letters/plan';
import { applyReplay, readReplayPlan } from '../../src/dead-letters/replay';
import { readDeadLetters } from '../../src/dead-letters/read-dead-letters';
import { retryChains } from '../../examples/catalogue/topics';
import { World } from '../../tools/proof/world';
import { OWN_HEADERS, writeDeadLetters } from '../support/dead-letter-records';
import { deleteTopic } from '../support/make-topics';
import { readTopic } from '../../src/client/log/read-topic';
import { until } from '../support/until';

const { inventory, email } = retryChains;
const chains = Object.values(retryChains);
const RETRY = 'orders.inventory.retry.5s';
const MINUTE = 60_000;

const config = parseConfig(withCatalogue.local);
let world: World;
let connection: KafkaConnection;

beforeAll(async () => {
  world = await World.start();
  connection = world.direct;
});

afterAll(() => world.stop());

const planOf = (options: ReplayOptions): Promise<ReplayPlan> =>
  readReplayPlan({ connection, config, ...parseReplay(options, chains) });

const replay = async (options: ReplayOptions, rate = 1_000): Promise<number> =>
  applyReplay({ connection, plan: await planOf(options), rate });

const list = async (options: Parameters<typeof parseSelection>[0]) =>
  deadLetterData(await readDeadLetters({ connection, ...parseSelection(options, chains) }));

/** Values with this prefix, as often as the topic contains them. */
const valuesIn = async (topic: Parameters<typeof readTopic>[1], prefix: string): Promise<readonly string[]> =>
  (await readTopic(connection, topic))
    .map(({ value }) => value?.toString() ?? '')
    .filter((value) => value.startsWith(prefix))
    .sort();

const named = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, '0')}`);

const PROGRAM = ['--import', 'tsx', 'src/cli/main.ts', 'dead-letters'];
const CONFIG = ['--config', 'examples/catalogue/platform.ts'];

const command = (...args: readonly string[]) =>
  spawn(process.execPath, [...PROGRAM, ...args, ...CONFIG, '--bootstrap', connection.bootstrapServers.join(',')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function outcomeOf(...args: readonly string[]) {
  const child = command(...args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { stdout, stderr, code };
}

const recent = (): number => Date.now() - MINUTE;

it('shows the plan in a dry run without writing, then replays the same record once', async () => {
  const timestamp = recent();
  await writeDeadLetters({ connection, chain: email, partition: 4, values: ['plain-0', 'plain-1'], timestamp });
  const options = { group: email.group, error: 'READ PLAIN-1' };

  expect(await list(options)).toMatchObject([
    { partition: 4, offset: '1', first: 'orders-4@1001', attempts: 3, replayedAt: null },
  ]);
  expect(await planOf(options)).toMatchObject({
    to: { topic: 'orders' },
    partitions: [{ partition: 4, offsets: [1n] }],
    otherReaders: ['inventory', 'payment'],
  });
  expect(await valuesIn('orders', 'plain')).toEqual([]);

  expect(await replay(options)).toBe(1);
  const [copy, ...others] = await readTopic(connection, 'orders');
  expect(others).toEqual([]);
  const { headers, ...record } = copy as ConsumedRecord;
  expect(record).toMatchObject({
    partition: 4,
    key: Buffer.from('key-plain-1'),
    value: Buffer.from('plain-1'),
    timestamp,
  });
  expect(headers).toEqual({ ...OWN_HEADERS, 'x-replayed-from': Buffer.from('orders.email.dlq-4@1') });

  expect(await replay(options)).toBe(0);
  expect(await list({ group: email.group })).toMatchObject([
    { offset: '0', replayedAt: null },
    { offset: '1', replayedAt: expect.any(String) as string },
  ]);
  expect(await planOf(options)).toMatchObject({ partitions: [], replayedBefore: 1 });
});

it("replays to the group's own retry topic if there is one, due at once, with the original position", async () => {
  const before = Date.now();
  await writeDeadLetters({ connection, chain: inventory, partition: 5, values: ['due'], timestamp: recent() });
  expect(await replay({ group: inventory.group, partition: '5' })).toBe(1);
  const [copy] = (await readTopic(connection, RETRY)).filter(({ value }) => value?.toString() === 'due');
  const { '__dlq.errors.message': message, 'x-retry-not-before': due, ...headers } = copy?.headers ?? {};
  expect(copy?.partition).toBe(5);
  expect(Number(due)).toBeGreaterThanOrEqual(before);
  expect(message).toBeUndefined();
  expect(String(headers['x-retry-attempt'])).toBe('0');
  expect(String(headers['__dlq.errors.topic'])).toBe('orders');
  expect(String(headers['__dlq.errors.offset'])).toBe('1000');
  expect(await valuesIn('orders', 'due')).toEqual([]);
});

it("brings a dead letter record back to its group's handler, as the record that it was", async () => {
  await writeDeadLetters({ connection, chain: inventory, partition: 5, values: ['back'], timestamp: recent() });
  const handled: unknown[] = [];
  const handle = ({ topic, partition, offset, value }: ConsumedRecord, { attempt }: HandlingContext): void => {
    if (value?.toString() === 'back') handled.push({ topic, partition, offset, attempt });
  };
  const consumer = await RetryingConsumer.start({ connection, chain: inventory, handle });
  expect(await replay({ group: inventory.group, key: 'key-back' })).toBe(1);
  await until(() => handled.length > 0);
  await consumer.close();
  expect(handled).toEqual([{ topic: 'orders', partition: 5, offset: 1_000n, attempt: 1 }]);
});

it('skips records that the target topic would delete before they are read', async () => {
  // The source keeps records for seven days, and the retry topics for longer.
  const old = Date.now() - 8 * 24 * 60 * MINUTE;
  await writeDeadLetters({ connection, chain: inventory, partition: 4, values: ['old'], timestamp: old });
  expect(await planOf({ group: inventory.group, partition: '4', target: 'source' })).toMatchObject({
    partitions: [],
    tooOld: 1,
  });
  expect(await planOf({ group: inventory.group, partition: '4' })).toMatchObject({
    partitions: [{ partition: 4, offsets: [0n] }],
    tooOld: 0,
  });
});

describe('two replays of the same dead letter records', () => {
  const planned = async (prefix: string, partition: number) => {
    const values = named(prefix, 300);
    await writeDeadLetters({ connection, chain: inventory, partition, values, timestamp: recent() });
    return { values, plan: await planOf({ group: inventory.group, error: prefix }) };
  };
  const taken = 'Another replay of orders.inventory.dlq has taken over';

  it('replay each record once when they begin at the same time', async () => {
    const { values, plan } = await planned('moment', 0);
    const both = await Promise.allSettled([1, 2].map(() => applyReplay({ connection, plan, rate: 1_000 })));
    const stopped = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(stopped.length).toBeLessThan(2);
    for (const reason of stopped) expect(reason).toContain(taken);
    expect(await valuesIn(RETRY, 'moment')).toEqual(values);
  });

  it('replay each record once when one continues what the other has begun', async () => {
    // A replay that loses its connection starts again and finds nothing left; this may happen, but not each time.
    const ends: string[] = [];
    while (ends.length < 3 && !ends.some((end) => end.includes(taken))) {
      const prefix = `begun-${ends.length}`;
      const { values, plan } = await planned(prefix, 1);
      let others: Promise<unknown> | undefined;
      let replayed = 0;
      const onProgress = (count: number): void => {
        replayed = count;
        if (count >= 50) others ??= applyReplay({ connection, plan, rate: 1_000 }).catch(String);
      };
      ends.push(await applyReplay({ connection, plan, rate: 40, onProgress }).then(String, String));
      expect(replayed).toBeGreaterThanOrEqual(50);
      await others;
      expect(await valuesIn(RETRY, prefix)).toEqual(values);
    }
    expect(ends.at(-1)).toContain(taken);
  });
});

describe('a dead letter record larger than its source allows', () => {
  const written = async (value: Buffer, partition: number): Promise<void> => {
    const producer = new EventProducer({ connection });
    const delivery = await producer.send(email.deadLetterTopic, { value, partition, timestamp: recent() });
    await producer.close(5_000);
    expect(delivery.outcome).toBe('delivered');
  };

  it('is replayed when it is small enough compressed', async () => {
    await written(Buffer.alloc(1_500_000, 'small enough'), 3);
    expect(await replay({ group: email.group, partition: '3' })).toBe(1);
  });

  it('is named, and nothing is written', async () => {
    await written(randomBytes(1_048_500), 1);
    await expect(replay({ group: email.group, partition: '1' })).rejects.toThrow(
      'A dead letter record of orders.email.dlq-1 is larger than orders allows',
    );
    expect(await list({ group: email.group, partition: '1' })).toMatchObject([{ first: null, replayedAt: null }]);
  });
});

it('replays each dead letter record once when a replay died before it committed', async () => {
  const values = named('open', 20);
  await writeDeadLetters({ connection, chain: inventory, partition: 2, values, timestamp: recent() });
  const plan = await planOf({ group: inventory.group, partition: '2' });

  const dead = connectKafka(connection).producer({
    transactionalId: `dead-letters.${inventory.deadLetterTopic}.2`,
    idempotent: true,
  });
  await dead.connect();
  const transaction = await dead.transaction();
  const strikeOut = { ...markerMessage({ offsets: plan.partitions[0]?.offsets ?? [], by: 'dead' }), partition: 2 };
  await transaction.send({ topic: RETRY, messages: values.map((value) => ({ value, partition: 2 })) });
  await transaction.send({ topic: inventory.deadLetterTopic, messages: [strikeOut] });
  await dead.disconnect();

  expect(await applyReplay({ connection, plan, rate: 1_000 })).toBe(values.length);
  expect(await valuesIn(RETRY, 'open')).toEqual(values);
});

it('replays each dead letter record once when its process is killed and started again', async () => {
  const values = named('killed', 60);
  await writeDeadLetters({ connection, chain: inventory, partition: 3, values, timestamp: recent() });
  // Slow enough that the kill comes before the end.
  const child = command('replay', '--group', inventory.group, '--partition', '3', '--apply', '--rate', '2');
  const exited = once(child, 'exit');
  await until(async () => (await valuesIn(RETRY, 'killed')).length >= 6);
  child.kill('SIGKILL');
  await exited;
  const replayed = (await valuesIn(RETRY, 'killed')).length;
  expect(replayed).toBeLessThan(values.length);

  expect(await replay({ group: inventory.group, partition: '3' })).toBe(values.length - replayed);
  expect(await valuesIn(RETRY, 'killed')).toEqual(values);
});

it('replays each dead letter record once when the answers to commits are lost', async () => {
  const values = named('lost', 60);
  await writeDeadLetters({ connection, chain: email, partition: 2, values, timestamp: recent() });
  const plan = await planOf({ group: email.group, partition: '2' });
  let isDropping = false;
  const onProgress = (count: number): void => {
    if (isDropping || count < 20) return;
    isDropping = true;
    for (const proxy of world.proxies) proxy.dropAnswers('endTxn', 2);
  };
  const replayed = await applyReplay({ connection: world.connection, plan, rate: 100, onProgress });
  const dropped = world.proxies.map((proxy) => proxy.dropped);
  for (const proxy of world.proxies) proxy.heal();
  expect(Math.max(...dropped)).toBe(2);
  expect(replayed).toBe(values.length);
  expect(await valuesIn('orders', 'lost')).toEqual(values);
});

it('prints the plan on the command line, and writes only when asked to', async () => {
  await writeDeadLetters({ connection, chain: email, partition: 0, values: ['said'], timestamp: recent() });
  const { stdout, code } = await outcomeOf('replay', '--group', email.group, '--partition', '0');
  expect(stdout).toContain('partition 0: 1 dead letter record, offset 0');
  expect(stdout).toContain('1 dead letter record to replay; nothing was written, --apply does it');
  expect(code).toBe(0);
  const listed = await outcomeOf('list', '--group', email.group, '--partition', '0', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject([{ key: 'key-said', replayedAt: null }]);
  expect(await valuesIn('orders', 'said')).toEqual([]);
});

it('ends with exit code 1 when the cluster does not have the topic', async () => {
  await deleteTopic(connection, 'orders.payment.dlq');
  const { stderr, stdout, code } = await outcomeOf('list', '--group', 'payment');
  expect(stderr).toContain('The cluster has no topic orders.payment.dlq.');
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
});
