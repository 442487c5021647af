import { failureHeaders } from '../../../../src/client/retry/failure-headers';
import { record } from '../../../support/consumed';

const failure = { group: 'email', error: new TypeError('no such field: coupon'), attempts: 3 };

describe('the headers of a record that failed', () => {
  it('say where it stood, in text and as Spring does in binary', () => {
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

  it('keep its own, those that stand twice too', () => {
    const own = { 'event-type': Buffer.from('OrderCreated'), tag: [Buffer.from('a'), Buffer.from('b')] };
    expect(failureHeaders({ ...record(7), headers: own }, failure)).toMatchObject(own);
  });

  it('have an empty value where the record has none', () => {
    const own = { empty: null, twice: [null, Buffer.from('b')] };
    expect(failureHeaders({ ...record(7), headers: own }, failure)).toMatchObject({
      empty: '',
      twice: ['', Buffer.from('b')],
    });
  });

  it('keep where it came from first, and say what failed last', () => {
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
});
