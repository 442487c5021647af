import { connectionTo } from '../../../support/connection-to';
import { setTimeout as delay } from 'node:timers/promises';
import { alreadyEncoded } from '../../../../src/client/encoded';
import type { Delivery } from '../../../../src/client/producer/delivery';
import { EventProducer } from '../../../../src/client/producer/event-producer';
import type { ProducerOptions } from '../../../../src/client/producer/options';
import type { Batch, Transport } from '../../../../src/client/producer/transport';
import { until } from '../../../support/until';

const protocolError = (type: string): Error => Object.assign(new Error(type), { type });

interface Sent {
  readonly values: readonly string[];
  readonly partition: number;
  readonly batch: Batch;
  readonly answer: (offset: bigint) => void;
  readonly refuse: (error: Error) => void;
}

/** A producer whose brokers answer on command, and its batches in flight. */
function underControl(options: Partial<ProducerOptions> = {}, partitions = 1) {
  const sent: Sent[] = [];
  const transport: Transport = {
    partitionCount: () => Promise.resolve(partitions),
    send: (batch) =>
      new Promise((answer, refuse) => {
        batch.attempts.begin();
        const values = batch.records.map(({ value }) => String(value));
        sent.push({ values, partition: batch.partition, batch, answer, refuse });
      }),
    close: () => Promise.resolve(),
  };
  const producer = new EventProducer({ connection: connectionTo(), lingerMs: 1, ...options }, transport);
  return { producer, sent, next: (): Sent | undefined => sent.at(-1) };
}

const turn = (): Promise<void> => delay(10);
const causeOf = (delivery: Delivery | undefined): string =>
  delivery?.outcome === 'failed' ? (delivery.cause as Error).message : '';
const record = (value: string, key = 'key') => ({ key, value: alreadyEncoded<'orders'>(Buffer.from(value)) });

describe('a producer', () => {
  it('has one batch in flight to a partition, and keeps the order', async () => {
    // Far longer than a busy machine may pause between two records.
    const { producer, sent } = underControl({ batchRecords: 2, lingerMs: 500 });
    const deliveries = ['a', 'b', 'c'].map((value) => producer.send('orders', record(value)));
    await turn();
    expect(sent.map(({ values }) => values)).toEqual([['a', 'b']]);
    sent[0]?.answer(7n);
    await until(() => sent.length === 2);
    expect(sent.map(({ values }) => values)).toEqual([['a', 'b'], ['c']]);
    sent[1]?.answer(9n);
    const offsets = [7n, 8n, 9n];
    expect(await Promise.all(deliveries)).toEqual(
      offsets.map((offset) => ({ outcome: 'delivered', partition: 0, offset })),
    );
  });

  it('adds the kind of an event to the headers of the record', async () => {
    const { producer, next } = underControl();
    const event = { type: 'OrderCreated', version: '2', source: 'shop', traceparent: '00-1-2-01' };
    void producer.send('orders', { value: null, headers: { own: 'x' }, event });
    await turn();
    const headers = { own: 'x', 'event-type': 'OrderCreated', version: '2', source: 'shop', traceparent: '00-1-2-01' };
    expect(next()?.batch.records[0]).toMatchObject({ key: null, value: null, headers });
  });

  it('reports failed if the brokers refuse, and unknown if they may have the record', async () => {
    const { producer, next } = underControl();
    const refused = producer.send('orders', record('a'));
    await turn();
    next()?.refuse(protocolError('TOPIC_AUTHORIZATION_FAILED'));
    expect(await refused).toMatchObject({ outcome: 'failed' });
    const unanswered = producer.send('orders', record('b'));
    await turn();
    next()?.batch.attempts.begin();
    next()?.refuse(protocolError('TOPIC_AUTHORIZATION_FAILED'));
    expect(await unanswered).toMatchObject({ outcome: 'unknown' });
  });

  it('fails a record for a missing partition, and no record behind it', async () => {
    const { producer, next } = underControl();
    const first = producer.send('orders', record('a'));
    await turn();
    const nowhere = [98, 99].map((partition) => producer.send('orders', { ...record('b'), partition }));
    const last = producer.send('orders', record('c'));
    next()?.answer(0n);
    await turn();
    next()?.answer(1n);
    expect(await Promise.all([first, ...nowhere, last])).toMatchObject(
      ['delivered', 'failed', 'failed', 'delivered'].map((outcome) => ({ outcome })),
    );
    expect(producer.buffered).toMatchObject({ records: 0 });
  });

  it('fails only the record that is too large, and keeps the others in order', async () => {
    // In one batch, however long the machine pauses between two of them.
    const { producer, sent, next } = underControl({ batchRecords: 4, lingerMs: 500 });
    const deliveries = ['a', 'b', 'LARGE', 'd'].map((value) => producer.send('orders', record(value)));
    await turn();
    let offset = 0n;
    while (producer.buffered.records > 0) {
      const { values, answer, refuse } = next() as Sent;
      if (values.includes('LARGE')) refuse(protocolError('MESSAGE_TOO_LARGE'));
      else answer(offset);
      offset += BigInt(values.includes('LARGE') ? 0 : values.length);
      await turn();
    }
    expect((await Promise.all(deliveries)).map(({ outcome }) => outcome)).toEqual([
      'delivered',
      'delivered',
      'failed',
      'delivered',
    ]);
    expect(sent.map(({ values }) => values.join(''))).toEqual(['abLARGEd', 'ab', 'LARGEd', 'LARGE', 'd']);
  });

  it.each(['INVALID_TIMESTAMP', 'INVALID_RECORD'])('fails only the record that brokers refuse as %s', async (type) => {
    const { producer, sent, next } = underControl({ batchRecords: 500, lingerMs: 500 });
    const values = Array.from({ length: 500 }, (_, index) => (index === 321 ? 'BAD' : String(index)));
    const deliveries = values.map((value) => producer.send('orders', record(value)));
    await until(() => sent.length > 0);
    const appended: string[] = [];
    for (let count = 0; producer.buffered.records > 0;) {
      const batch = next() as Sent;
      count = sent.length;
      if (batch.values.includes('BAD')) batch.refuse(protocolError(type));
      else batch.answer(BigInt(appended.push(...batch.values) - batch.values.length));
      await until(() => sent.length > count || producer.buffered.records === 0);
    }
    const settled = await Promise.all(deliveries);
    expect(settled.filter(({ outcome }) => outcome !== 'delivered')).toMatchObject([{ outcome: 'failed' }]);
    expect(causeOf(settled[321])).toMatch(new RegExp(`^orders-0 refuses the record: .*${type}`));
    expect(appended).toEqual(values.filter((value) => value !== 'BAD'));
    expect(sent.length).toBeLessThan(2 * Math.ceil(Math.log2(values.length)) + 2);
  });

  it('fails records behind a refused part after their timeout', async () => {
    const { producer, sent } = underControl({ batchRecords: 2, lingerMs: 500, deliveryTimeoutMs: 2_000 });
    const deliveries = ['a', 'b'].map((value) => producer.send('orders', record(value)));
    await until(() => sent.length === 1);
    sent[0]?.refuse(protocolError('INVALID_RECORD'));
    expect((await Promise.all(deliveries)).map(({ outcome }) => outcome)).toEqual(['unknown', 'failed']);
    expect(sent.map(({ values }) => values.join(''))).toEqual(['ab', 'a']);
  });

  it('fails only an unencodable record, before anything is sent', async () => {
    const { producer, sent, next } = underControl({ batchRecords: 2, lingerMs: 500 });
    const untyped = producer.send.bind(producer) as (topic: unknown, record: unknown) => Promise<Delivery>;
    const deliveries = [
      untyped('orders', record('a')),
      untyped('orders', { ...record('b'), timestamp: Math.floor(performance.timeOrigin) + 0.5 }),
      untyped('orders', { value: undefined }),
      untyped('or ders', record('c')),
      untyped('orders', record('d')),
    ];
    await until(() => sent.length > 0);
    next()?.answer(0n);
    expect((await Promise.all(deliveries)).map(({ outcome }) => outcome)).toEqual([
      ...['delivered', 'failed', 'failed', 'failed', 'delivered'],
    ]);
    expect(sent.map(({ values }) => values.join(''))).toEqual(['ad']);
    expect(causeOf(await deliveries[2])).toMatch(/^a record for orders .*value is undefined/);
  });

  it('sends records again that no broker has received', async () => {
    const { producer, sent } = underControl();
    const delivery = producer.send('orders', record('a'));
    await turn();
    const [first] = sent;
    if (first !== undefined) first.batch.attempts.begun = 0;
    first?.refuse(new Error('connection refused'));
    await until(() => sent.length === 2);
    sent[1]?.answer(0n);
    expect(await delivery).toMatchObject({ outcome: 'delivered' });
  });

  it('gives up after the delivery timeout: unknown in flight, failed before', async () => {
    const { producer, sent } = underControl({ deliveryTimeoutMs: 100, batchRecords: 1 });
    const deliveries = ['a', 'b'].map((value) => producer.send('orders', record(value)));
    expect((await Promise.all(deliveries)).map(({ outcome }) => outcome)).toEqual(['unknown', 'failed']);
    expect(() => sent[0]?.batch.attempts.begin()).toThrow('given up');
    expect(sent).toHaveLength(1);
  });

  it('holds no more than its bound, and continues when there is room', async () => {
    const { producer, sent } = underControl({ maxBufferedBytes: 200 });
    const deliveries = ['a', 'b', 'c', 'd', 'e'].map((value) => producer.send('orders', record(value)));
    for (let offset = 0n; producer.buffered.records > 0;) {
      await turn();
      expect(producer.buffered.bytes).toBeLessThanOrEqual(200);
      sent.at(-1)?.answer(offset);
      offset += BigInt(sent.at(-1)?.values.length ?? 0);
      await turn();
    }
    expect(sent.flatMap(({ values }) => values)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect((await Promise.all(deliveries)).every(({ outcome }) => outcome === 'delivered')).toBe(true);
  });

  it('fails a record above the bound immediately', async () => {
    const { producer } = underControl({ maxBufferedBytes: 100 });
    expect(await producer.send('orders', record('x'.repeat(200)))).toMatchObject({ outcome: 'failed' });
  });

  it('flushes without lingering', async () => {
    const { producer, next } = underControl({ lingerMs: 60_000 });
    void producer.send('orders', record('a'));
    await turn();
    expect(next()).toBeUndefined();
    const flushed = producer.flush();
    await turn();
    next()?.answer(0n);
    await flushed;
    expect(producer.buffered).toEqual({ bytes: 0, records: 0 });
  });

  it('reports undelivered records when it closes, and accepts no more', async () => {
    const { producer, sent } = underControl({ batchRecords: 1, maxBufferedBytes: 200 });
    for (const value of ['a', 'b', 'c', 'd']) void producer.send('orders', record(value));
    await turn();
    sent[0]?.answer(0n);
    const left = await producer.close(50);
    expect(left.map(({ record: { value }, delivery: { outcome } }) => [String(value), outcome])).toEqual([
      ['b', 'unknown'],
      ['c', 'failed'],
      ['d', 'failed'],
    ]);
    expect(await producer.send('orders', record('e'))).toMatchObject({ outcome: 'failed' });
  });

  it('refuses limits that leave no room', () => {
    expect(() => underControl({ batchRecords: 0 })).toThrow('batchRecords is 0: it must be above 0');
  });
});
