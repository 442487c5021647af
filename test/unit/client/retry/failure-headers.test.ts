import { failureHeaders } from '../../../../src/client/retry/failure-headers';
import { encodingProblem } from '../../../../src/client/producer/encodable';
import type { HeaderValue } from '../../../../src/client/producer/record';
import { waiting } from '../../../../src/client/retry/retry-headers';
import { FAILURE_HEADERS } from '../../../../src/components/topics/message-limits';
import { record } from '../../../support/consumed';

const failure = { group: 'email', error: new TypeError('no such field: coupon'), attempts: 3 };

describe('the headers of a failed record', () => {
  it('contain its position, as text and in Spring’s binary form', () => {
    const headers = failureHeaders(record(7), failure);
    expect(headers).toMatchObject({
      '__dlq.errors.topic': 'orders',
      '__dlq.errors.partition': '0',
      '__dlq.errors.offset': '7',
      '__dlq.errors.group': 'email',
      '__dlq.errors.delivery.count': '3',
      '__dlq.errors.message': 'no such field: coupon',
      'kafka_dlt-exception-fqcn': 'TypeError',
      'kafka_dlt-original-consumer-group': 'email',
    });
    expect(headers['kafka_dlt-original-partition']).toEqual(Buffer.from([0, 0, 0, 0]));
    expect(headers['kafka_dlt-original-offset']).toEqual(Buffer.from([0, 0, 0, 0, 0, 0, 0, 7]));
  });

  it('keep its own, including duplicates', () => {
    const own = { 'event-type': Buffer.from('OrderCreated'), tag: [Buffer.from('a'), Buffer.from('b')] };
    expect(failureHeaders({ ...record(7), headers: own }, failure)).toMatchObject(own);
  });

  it('have an empty value if the record has none', () => {
    const own = { empty: null, twice: [null, Buffer.from('b')] };
    expect(failureHeaders({ ...record(7), headers: own }, failure)).toMatchObject({
      empty: '',
      twice: ['', Buffer.from('b')],
    });
  });

  it('keep its original position, and contain the last failure', () => {
    const first = failureHeaders(record(7), failure);
    const again = failureHeaders({ ...record(0), headers: first }, { ...failure, error: new Error('later') });
    expect(again['__dlq.errors.offset']).toBe('7');
    expect(again['__dlq.errors.message']).toBe('later');
  });

  it('stay small, however long the message and the stack', () => {
    const long = failureHeaders(record(7), { ...failure, error: new Error('x'.repeat(100_000)) });
    expect(JSON.stringify(long).length).toBeLessThan(10_000);
  });

  it('name the class of the cause, of the newest failure only', () => {
    const cause = new RangeError('too many');
    const first = failureHeaders(record(7), { ...failure, error: new Error('no', { cause }) });
    expect(first['kafka_dlt-exception-cause-fqcn']).toBe('RangeError');
    const again = failureHeaders({ ...record(7), headers: first }, failure);
    expect(again).not.toHaveProperty('kafka_dlt-exception-cause-fqcn');
  });

  it('stay within their limit in topics of copies, however often it fails and whatever is thrown', () => {
    const longest = { ...record(7), topic: 'x'.repeat(249) as 'orders', timestamp: -1 };
    const cause = Object.assign(new Error(), { name: 'C'.repeat(10_000) });
    const error = Object.assign(new Error('\u{1f600}'.repeat(10_000), { cause }), { name: 'E'.repeat(10_000) });
    const group = 'g'.repeat(255);
    let headers = failureHeaders(longest, { group, error, attempts: 5 });
    const once = sizeOf(headers);
    for (let round = 0; round < 50; round++)
      headers = {
        ...failureHeaders({ ...longest, headers }, { group, error, attempts: 5 }),
        ...waiting({ ...longest, headers }, 1_000, Date.now()),
      };
    expect(sizeOf(headers)).toBeLessThan(once + 200);
    expect(sizeOf(headers)).toBeLessThan(FAILURE_HEADERS / 2);
    expect(encodingProblem({ value: null, headers })).toBeUndefined();
    expect(headers['__dlq.errors.message']).toBe('\u{1f600}'.repeat(250));
  });

  it.each([
    ['half a surrogate pair', new Error('\ud83d'), '\ufffd'],
    ['what has no text', Object.create(null) as unknown, 'a object without a text'],
    ['nothing', undefined, 'undefined'],
    ['a message that is none', Object.assign(new Error(), { message: 5 }), '5'],
  ])('are text of %s', (_, error, text) => {
    const headers = failureHeaders(record(7), { ...failure, error });
    expect(headers['__dlq.errors.message']).toBe(text);
    expect(encodingProblem({ value: null, headers })).toBeUndefined();
  });

  it('have the exact timestamp of the record', () => {
    const exactTimestamp = 1_795_914_000_123_456_789n;
    const headers = failureHeaders({ ...record(7), timestamp: Number(exactTimestamp), exactTimestamp }, failure);
    expect((headers['kafka_dlt-original-timestamp'] as Buffer).readBigInt64BE()).toBe(exactTimestamp);
  });
});

const sizeOf = (headers: Readonly<Record<string, HeaderValue>>): number =>
  Object.entries(headers)
    .flatMap(([name, value]) => [name, ...[value].flat()])
    .reduce((sum, each) => sum + Buffer.byteLength(each), 0);
