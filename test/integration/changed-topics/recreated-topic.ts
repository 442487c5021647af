import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { ConsumedRecord } from '../../../src/client/consumer/record';
import { EventConsumer } from '../../../src/client/consumer/event-consumer';
import { alreadyEncoded } from '../../../src/client/encoded';
import { ExactlyOnceTransform } from '../../../src/client/exactly-once/exactly-once-transform';
import type { ClientNotice } from '../../../src/client/notices';
import { EventProducer } from '../../../src/client/producer/event-producer';
import { RetryingConsumer } from '../../../src/client/retry/retrying-consumer';
import { retryChains } from '../../../examples/catalogue/topics';
import { readTopic } from '../../../src/client/log/read-topic';
import { DisturbedTopic } from '../../support/disturbed-topic';
import { groupLag } from '../../support/group-lag';
import { Hold } from '../../support/hold';
import { all, distinct, missingOf, numberOf, OrderReader } from '../../support/order-reader';
import { until } from '../../support/until';
import { writeCounting } from '../../support/write-counting';
import { brokers } from './brokers';

const TOPIC = 'orders';
const OUTPUT = 'platform-smoke';
const PARTITIONS = 6;

const topic = new DisturbedTopic(() => brokers.platform.connection, TOPIC);
const recreate = (): Promise<void> => topic.recreate(brokers.config.topics);
const write = (records: number): Promise<void> =>
  writeCounting({ connection: brokers.platform.connection, topic: TOPIC, records, keys: 100 });

describe('a topic that is deleted and recreated under running groups', () => {
  const notices: Record<'retrying' | 'exactlyOnce' | 'plain', ClientNotice[]> = {
    retrying: [],
    exactlyOnce: [],
    plain: [],
  };
  const handled = { retrying: [] as number[], plain: [] as number[] };
  let round = 0;
  let ends: (() => Promise<unknown>)[] = [];

  const copies = async (): Promise<readonly number[]> =>
    (await readTopic(brokers.platform.connection, OUTPUT))
      .filter(({ key }) => String(key) === String(round))
      .map(numberOf);

  const haveCommitted = async (): Promise<boolean> => {
    const { connection } = brokers.platform;
    const groups = [retryChains.inventory.group, 'positions-copier', 'positions-plain'];
    const lags = await Promise.all(groups.map((groupId) => groupLag({ connection, groupId, topic: TOPIC })));
    return lags.every((lag) => lag === 0n);
  };

  beforeAll(async () => {
    await recreate();
    const { connection } = brokers.platform;
    const [retrying, exactlyOnce, plain] = await Promise.all([
      RetryingConsumer.start({
        connection,
        chain: retryChains.inventory,
        heartbeatIntervalMs: 300,
        onNotice: (notice) => void notices.retrying.push(notice),
        handle: (record) => void handled.retrying.push(numberOf(record)),
      }),
      ExactlyOnceTransform.start({
        connection,
        groupId: 'positions-copier',
        topic: TOPIC,
        heartbeatIntervalMs: 300,
        onNotice: (notice) => void notices.exactlyOnce.push(notice),
        restore: () => Promise.resolve(undefined),
        transform: (records) =>
          records.map(({ partition, value }) => ({ topic: OUTPUT, partition, key: String(round), value })),
      }),
      EventConsumer.start<typeof TOPIC>({
        connection,
        groupId: 'positions-plain',
        topics: [TOPIC],
        heartbeatIntervalMs: 300,
        onNotice: (notice) => void notices.plain.push(notice),
        handle: (record) => void handled.plain.push(numberOf(record)),
      }),
    ]);
    ends = [retrying, exactlyOnce, plain].map((client) => () => client.close());
  });
  afterAll(() => Promise.all(ends.map((end) => end())));

  const expectAllHandled = async (records: number): Promise<void> => {
    await until(
      async () =>
        new Set(handled.retrying).size >= records &&
        new Set(handled.plain).size >= records &&
        (await copies()).length >= records,
      {
        otherwise: () =>
          JSON.stringify({ retrying: new Set(handled.retrying).size, plain: new Set(handled.plain).size }),
      },
    );
    expect(distinct(handled.retrying)).toEqual(all(records));
    expect(distinct(handled.plain)).toEqual(all(records));
    // Exactly once.
    expect([...(await copies())].sort((a, b) => a - b)).toEqual(all(records));
  };

  it.each([300, 50, 600])('handles every record of the new topic: %d', async (records) => {
    if (handled.plain.length > 0) {
      // Records are reported as missing only after a commit.
      await until(haveCommitted);
      await recreate();
    }
    for (const list of Object.values(handled)) list.length = 0;
    round += 1;
    await write(records);
    await expectAllHandled(records);
  });

  it('is reported, for every client and partition', () => {
    for (const [, told] of Object.entries(notices)) {
      const recreated = missingOf(told).filter(({ reason }) => reason === 'topic-recreated');
      expect(new Set(recreated.map(({ partition }) => partition)).size).toBe(PARTITIONS);
      expect(recreated.every(({ to }) => to === 0n)).toBe(true);
      expect(new Set(recreated.filter(({ from }) => from > 0n).map(({ partition }) => partition)).size).toBe(
        PARTITIONS,
      );
    }
  });
});

describe('a topic that is recreated while its records are being handled', () => {
  const hold = new Hold();
  const round = { now: 0 };
  const handled: { readonly by: string; readonly round: number; readonly number: number }[] = [];
  const clients: (() => Promise<unknown>)[] = [];
  const notices: ClientNotice[] = [];

  const handle = (by: string) => async (record: ConsumedRecord) => {
    // Records of the previous topic count for the previous round.
    const begun = round.now;
    await hold.pass(by);
    handled.push({ by, round: begun, number: numberOf(record) });
  };
  const handledBy = (by: string): readonly number[] =>
    distinct(handled.filter((each) => each.by === by && each.round === round.now).map(({ number }) => number));
  const copies = async (): Promise<readonly number[]> =>
    (await readTopic(brokers.platform.connection, OUTPUT))
      .filter(({ key }) => String(key) === `held-${round.now}`)
      .map(numberOf);

  beforeAll(async () => {
    await recreate();
    const { connection } = brokers.platform;
    const onNotice = (notice: ClientNotice) => void notices.push(notice);
    const quick = { connection, heartbeatIntervalMs: 300, onNotice };
    const started = await Promise.all([
      RetryingConsumer.start({ ...quick, chain: retryChains.inventory, handle: handle('retrying') }),
      EventConsumer.start<typeof TOPIC>({
        ...quick,
        groupId: 'positions-held',
        topics: [TOPIC],
        handleBatch: async (records) => {
          for (const record of records) await handle('batches')(record);
        },
      }),
      ExactlyOnceTransform.start({
        ...quick,
        groupId: 'positions-held-copier',
        topic: TOPIC,
        restore: () => Promise.resolve(undefined),
        transform: async (records) => {
          const begun = round.now;
          await hold.pass('transform');
          return records.map(({ partition, value }) => ({
            topic: OUTPUT,
            partition,
            key: `held-${begun}`,
            value,
          }));
        },
      }),
    ]);
    clients.push(...started.map((client) => () => client.close()));
  });
  afterAll(() => Promise.all(clients.map((close) => close())));

  it('is read from its beginning, whatever positions of the old topic are kept or committed', async () => {
    await write(300);
    await until(() => handledBy('retrying').length >= 300 && handledBy('batches').length >= 300);
    await until(async () => (await copies()).length >= 300);
    for (const left of [1, 2]) {
      hold.close();
      await write(60);
      await until(() => hold.waiting.size === 3);
      await recreate();
      round.now = left;
      await write(600);
      hold.release();
      let copied = 0;
      await until(async () => handledBy('retrying').length >= 600 && (copied = (await copies()).length) >= 600, {
        otherwise: () => inspect([handledBy('retrying').length, handledBy('batches').length, copied, notices]),
      });
      await until(() => handledBy('batches').length >= 600);
      expect(distinct(await copies())).toEqual(all(600));
    }
  });

  it('is read from its beginning by a member that starts after another has committed an old position', async () => {
    const groupId = 'late-commit';
    const { connection } = brokers.platform;
    hold.close();
    const first = new OrderReader(connection, groupId);
    const one = await first.start({ handle: () => hold.pass(groupId) });
    await until(() => hold.waiting.has(groupId));
    await recreate();
    await write(600);
    const closing = one.close();
    hold.release();
    await closing;
    expect([...(await first.committed()).values()].some((offset) => offset > 0n)).toBe(true);

    const second = new OrderReader(connection, groupId);
    const other = await second.start();
    await until(() => distinct(second.handled).length >= 600);
    expect(distinct(second.handled)).toEqual(all(600));
    expect(second.missing.length).toBeGreaterThan(0);
    expect(second.missing.every(({ reason }) => reason === 'topic-recreated')).toBe(true);
    await other.close();
  });

  it('does not fail because of a refused output of an old record at the same offset', async () => {
    const { connection } = brokers.platform;
    const { deadLetterTopic } = retryChains.payment;
    const groupId = 'positions-refused';
    const producer = new EventProducer({ connection });
    const send = (value: string) =>
      producer.send<typeof TOPIC>(TOPIC, { key: null, partition: 0, value: alreadyEncoded(Buffer.from(value)) });
    await recreate();
    hold.close();
    const transform = await ExactlyOnceTransform.start({
      connection,
      groupId,
      topic: TOPIC,
      deadLetterTopic,
      heartbeatIntervalMs: 300,
      onNotice: () => undefined,
      restore: () => Promise.resolve(undefined),
      transform: async (records) => {
        await hold.pass(groupId);
        return records.map(({ partition, value }) => {
          const output = String(value) === 'old' ? randomBytes(2_000_000) : value;
          return { topic: OUTPUT, partition, key: groupId, value: output };
        });
      },
    });
    await send('old');
    await until(() => hold.waiting.has(groupId));
    await recreate();
    await send('new');
    // Only now is the output of the old record refused.
    hold.release();
    const written = async () =>
      (await readTopic(connection, OUTPUT))
        .filter(({ key }) => String(key) === groupId)
        .map(({ value }) => String(value));
    const kept = async () =>
      (await readTopic(connection, deadLetterTopic)).filter(({ value }) => String(value) === 'new');
    await until(async () => (await written()).length + (await kept()).length > 0);
    expect(await written()).toEqual(['new']);
    await producer.close(5_000);
    await transform.close();
  });
});
