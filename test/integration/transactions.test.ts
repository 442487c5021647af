import { setTimeout as delay } from 'node:timers/promises';
import { FencedError } from '../../src/client/transactions/fenced';
import type { TransactionOutcome } from '../../src/client/transactions/transaction-outcome';
import type { TransactionRecord } from '../../src/client/transactions/transaction-record';
import { wasCommitted } from '../../src/client/transactions/committed';
import { TransactionalSession, TransactionFailed } from '../../src/client/transactions/transactional-session';
import { TransactionalWriter } from '../../src/client/transactions/transactional-writer';
import { connectKafka } from '../../src/client/kafka-client';
import { signal } from '../../src/processes/processes';
import { readTopic } from '../../src/client/log/read-topic';
import { catalogueBrokers } from '../support/catalogue-brokers';
import { until, WITHIN_MS } from '../support/until';

const TOPICS = ['customers', 'platform-smoke'] as const;

const brokers = catalogueBrokers();

const open = (transactionalId: string): Promise<TransactionalWriter> =>
  TransactionalWriter.open({ connection: brokers.platform.connection, transactionalId });

/** The same value in each topic: a reader that sees one must see all. */
const everywhere = (value: string): readonly TransactionRecord[] =>
  TOPICS.map((topic) => ({ topic, key: value, value }));

/** Values that readers of committed records see, topic by topic, sorted. */
const seen = (run: string): Promise<readonly string[][]> =>
  Promise.all(
    TOPICS.map(async (topic) => {
      const records = await readTopic(brokers.platform.connection, topic);
      return records
        .map(({ value }) => value?.toString() ?? '')
        .filter((value) => value.startsWith(run))
        .sort();
    }),
  );

it('writes all topics or none, in consecutive transactions', async () => {
  const writer = await open('sequence');
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, index) => writer.write(everywhere(`seq-${100 + index}`))),
  );
  await writer.close();
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['committed']));
  const all = Array.from({ length: 100 }, (_, index) => `seq-${100 + index}`);
  expect(await seen('seq-')).toEqual([all, all]);
});

it('leaves nothing of a failed transaction, and continues', async () => {
  const writer = await open('failing');
  const tooLarge: TransactionRecord = { topic: 'platform-smoke', key: 'x', value: Buffer.alloc(3_000_000) };
  const failed = await writer.write([...everywhere('fail-1'), tooLarge]);
  const next = await writer.write(everywhere('fail-2'));
  await writer.close();
  expect(failed.outcome).toBe('aborted');
  expect(next.outcome).toBe('committed');
  expect(await seen('fail-')).toEqual([['fail-2'], ['fail-2']]);
});

it('writes more records of a partition than one request can carry, in order', async () => {
  const writer = await open('large');
  const values = Array.from({ length: 40 }, (_, index) => `large-${100 + index}-`.padEnd(100_000, 'x'));
  const records = values.map((value): TransactionRecord => ({ topic: 'platform-smoke', partition: 1, value }));
  const { outcome } = await writer.write(records);
  await writer.close();
  expect(outcome).toBe('committed');
  const inLog = await readTopic(brokers.platform.connection, 'platform-smoke');
  const large = inLog.map(({ value }) => value?.toString()).filter((value) => value?.startsWith('large-'));
  expect(large).toEqual(values);
});

it('is fenced by another writer with its id, and never writes again', async () => {
  const old = await open('same');
  const current = await open('same');
  const [refused, alsoRefused] = [await old.write(everywhere('fence-1')), await old.write(everywhere('fence-2'))];
  const written = await current.write(everywhere('fence-3'));
  await Promise.all([old.close(), current.close()]);
  for (const each of [refused, alsoRefused]) {
    expect(each.outcome).toBe('aborted');
    expect((each as { cause: unknown }).cause).toBeInstanceOf(FencedError);
  }
  expect(written.outcome).toBe('committed');
  expect(await seen('fence-')).toEqual([['fence-3'], ['fence-3']]);
});

it('ends the open transaction of a writer that died', async () => {
  const dead = connectKafka(brokers.platform.connection).producer({ transactionalId: 'left', idempotent: true });
  await dead.connect();
  const transaction = await dead.transaction();
  await transaction.send({ topic: 'customers', messages: [{ key: 'left-1', value: 'left-1' }] });
  await dead.disconnect();
  const writer = await open('left');
  expect((await writer.write(everywhere('left-2'))).outcome).toBe('committed');
  await writer.close();
  expect(await seen('left-')).toEqual([['left-2'], ['left-2']]);
});

describe('the outcome of a transaction', () => {
  const session = (transactionalId: string) =>
    TransactionalSession.open({
      connection: brokers.platform.connection,
      transactionalId,
      transactionTimeoutMs: 30_000,
    });
  const one = [{ topic: 'customers' as const, partition: 0, messages: [{ key: 'told', value: 'told' }] }];

  it.each([true, false])('is found in the log: committed %s', async (isCommitted) => {
    const producer = connectKafka(brokers.platform.connection).producer({
      transactionalId: `told-${isCommitted}`,
      idempotent: true,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const [answer] = await transaction.send({ topic: 'customers', messages: [{ key: 'k', value: 'v', partition: 0 }] });
    await (isCommitted ? transaction.commit() : transaction.abort());
    await producer.disconnect();
    const place = { topic: 'customers', partition: 0, offset: BigInt(answer?.baseOffset ?? -1) };
    expect(await wasCommitted({ connection: brokers.platform.connection, place, withinMs: WITHIN_MS })).toBe(
      isCommitted,
    );
  });

  it('is unknown while it is open', async () => {
    const producer = connectKafka(brokers.platform.connection).producer({
      transactionalId: 'open',
      idempotent: true,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const [answer] = await transaction.send({ topic: 'customers', messages: [{ key: 'k', value: 'v', partition: 1 }] });
    const place = { topic: 'customers', partition: 1, offset: BigInt(answer?.baseOffset ?? -1) };
    await expect(wasCommitted({ connection: brokers.platform.connection, place, withinMs: 300 })).rejects.toThrow(
      'still open',
    );
    await transaction.abort();
    await producer.disconnect();
  });

  it('includes the position of the records when its end fails', async () => {
    const first = await session('ended');
    const second = await session('ended');
    const failure: unknown = await first.run(one).catch((error: unknown) => error);
    await Promise.all([first.close(), second.close()]);
    expect(failure).toBeInstanceOf(TransactionFailed);
    expect((failure as TransactionFailed).isFenced).toBe(true);
  });
});

it('stays all or nothing while a broker is killed', async () => {
  const writer = await open('killed');
  const outcomes = new Map<string, TransactionOutcome>();
  const committed = (): string[] =>
    [...outcomes].filter(([, { outcome }]) => outcome === 'committed').map(([value]) => value);
  const over = new AbortController();
  const writing = (async () => {
    for (let index = 0; !over.signal.aborted; index++) {
      const value = `kill-${index}`;
      outcomes.set(value, await writer.write(everywhere(value)));
    }
  })();
  await delay(1_000);
  signal(brokers.platform.pid(1) ?? 0, 'SIGKILL');
  // Longer than a broker's session, and long enough for the transactions on a busy machine.
  await delay(12_000);
  await until(() => committed().length > 20);
  over.abort();
  await writing;
  await writer.close();
  const [one, other] = await seen('kill-');
  expect([...outcomes.values()].filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
  expect(one).toEqual(committed().sort());
  expect(other).toEqual(one);
});
