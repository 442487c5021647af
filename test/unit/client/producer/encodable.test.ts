import { encodingProblem } from '../../../../src/client/producer/encodable';

const HALF = '\ud83d';

describe('an encodable record', () => {
  it.each([
    ['a tombstone', { key: 'a', value: null }],
    ['no key', { key: null, value: 'text' }],
    ['bytes', { key: Buffer.of(0xff), value: Buffer.alloc(0) }],
    ['a character beyond the first 65,536', { value: '\u{1f600}' }],
    ['headers', { value: null, headers: { one: 'a', two: Buffer.of(1), several: ['a', Buffer.of(2)], none: [] } }],
    ['an event', { value: null, event: { type: 'a', version: '1', source: 's', traceparent: undefined } }],
    ['nanoseconds', { value: null, timestamp: 1_795_914_000_123_456_789n }],
    ['no time of its own, in a copy', { value: null, timestamp: -1n }],
    ['the first millisecond', { value: null, timestamp: 0 }],
    ['a place', { topic: 'orders.email.dlq', value: null, partition: 0 }],
  ])('is %s', (_, record) => {
    expect(encodingProblem(record)).toBeUndefined();
  });

  it.each([
    [undefined, 'the record is undefined'],
    [{}, 'value is undefined: allowed are a Buffer and a well-formed string, or null to delete the key'],
    [{ value: 5 }, 'value is 5'],
    [{ value: { a: 1 } }, 'value is of type Object'],
    [{ value: new Uint8Array(2) }, 'value is of type Uint8Array'],
    [{ value: HALF }, 'value is a string with half of a surrogate pair'],
    [{ key: 5, value: null }, 'key is 5'],
    [{ key: Symbol('a'), value: null }, 'key is of type symbol'],
    [{ key: `a${HALF}`, value: null }, 'key is a string with half of a surrogate pair'],
    [{ value: null, headers: { retries: 5 } }, 'headers.retries is 5'],
    [{ value: null, headers: { a: undefined } }, 'headers.a is undefined'],
    [{ value: null, headers: { a: null } }, 'headers.a is null'],
    [{ value: null, headers: { a: ['x', 1] } }, 'headers.a is 1'],
    [{ value: null, headers: new Map([['a', 'x']]) }, 'headers is of type Map'],
    [{ value: null, headers: 'a' }, 'headers is a string'],
    [{ value: null, event: { type: 'a', version: 2, source: 's' } }, 'event.version is 2'],
    [{ value: null, event: { type: 'a', version: '2', source: 's', traceparent: 1 } }, 'event.traceparent is 1'],
    [{ value: null, partition: 1.5 }, 'partition is 1.5'],
    [{ value: null, partition: -1 }, 'partition is -1'],
    [{ value: null, partition: '0' }, 'partition is a string'],
    [{ value: null, partition: 2 ** 31 }, 'partition is 2147483648'],
    [{ value: null, timestamp: Math.floor(performance.timeOrigin) + 0.5 }, 'timestamp is '],
    [{ value: null, timestamp: NaN }, 'timestamp is NaN'],
    [{ value: null, timestamp: Infinity }, 'timestamp is Infinity'],
    [{ value: null, timestamp: -1 }, 'timestamp is -1'],
    [{ value: null, timestamp: 2 ** 63 }, 'timestamp is 9223372036854776000'],
    [{ value: null, timestamp: 2n ** 63n }, 'timestamp is 9223372036854775808'],
    [{ value: null, timestamp: new Date() }, 'timestamp is of type Date'],
    [{ value: null, timestamp: '1795914000123' }, 'timestamp is a string: allowed is a whole number of milliseconds'],
    [{ topic: 'a b', value: null }, 'topic is "a b"'],
    [{ topic: '..', value: null }, 'topic is ".."'],
    [{ topic: undefined, value: null }, 'topic is undefined'],
  ])('is not %p', (record, problem) => {
    expect(encodingProblem(record)).toContain(problem);
  });

  it('is reported with all problems, without the contents of the record', () => {
    const problem = encodingProblem({ key: ['secret'], value: 'secret', headers: { a: 1, b: 2 }, partition: 'secret' });
    expect(problem?.split('; ').map((each) => each.split(':')[0])).toEqual([
      'key is of type Array',
      'headers.a is 1',
      'headers.b is 2',
      'partition is a string',
    ]);
    expect(problem).not.toContain('secret');
  });
});
