import { copyOf } from '../../../src/dead-letters/copy';
import { deadLetterRecord, OWN } from './dead-letter-builders';

const SOURCE = { topic: 'orders', isRetry: false } as const;
const RETRY = { topic: 'orders.inventory.retry.5s', isRetry: true } as const;
const FROM = 'orders.inventory.dlq-0@3';

describe('the copy of a dead letter record', () => {
  it('is the record as before its failure, plus its origin', () => {
    const { topic, key, value, timestamp, headers } = copyOf(deadLetterRecord(), SOURCE, 5_000);
    expect({ topic, key, value, timestamp }).toEqual({
      topic: 'orders',
      key: Buffer.from('key'),
      value: Buffer.from('7'),
      timestamp: '1000',
    });
    expect(headers).toEqual({ ...OWN, 'x-replayed-from': FROM });
  });

  it('names the last dead letter record as its origin', () => {
    const again = deadLetterRecord({ 'x-replayed-from': Buffer.from('orders.inventory.dlq-0@1') });
    expect(copyOf(again, SOURCE, 5_000).headers).toEqual({ 'x-replayed-from': FROM });
  });

  it('is due immediately in a retry topic, with its original position and without its failure', () => {
    const waited = deadLetterRecord({ 'x-retry-attempt': Buffer.from('2'), 'x-first-failure-at': Buffer.from('1') });
    const { headers } = copyOf(waited, RETRY, 5_000);
    expect(headers).toMatchObject({
      'x-retry-attempt': '0',
      'x-retry-not-before': '5000',
      'x-replayed-from': FROM,
      '__dlq.errors.topic': 'orders',
      '__dlq.errors.offset': '7',
      'kafka_dlt-original-topic': 'orders',
    });
    for (const gone of ['__dlq.errors.message', 'kafka_dlt-exception-message', 'x-first-failure-at'])
      expect(headers).not.toHaveProperty(gone);
  });

  it('has an empty value in a header without a value', () => {
    const deadLetter = { ...deadLetterRecord(), headers: { empty: null } };
    expect(copyOf(deadLetter, SOURCE, 0).headers).toEqual({ empty: '', 'x-replayed-from': FROM });
  });

  it('keeps a tombstone a tombstone', () => {
    expect(copyOf({ ...deadLetterRecord(), value: null }, SOURCE, 0).value).toBeNull();
  });
});
