import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { RetriableError } from '../../../src/client/errors';
import { failureCause, failureKind } from '../../../src/client/failure-kind';

const ofKafka = (type: string): Error => Object.assign(new Error(type), { type });
const wrapped = (cause: Error): Error => new Error('wrapped', { cause });
const exhausted = (cause: Error): Error => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 });

describe('the kind of a failure', () => {
  it.each([
    [ofKafka('NOT_ENOUGH_REPLICAS'), 'passing'],
    [wrapped(exhausted(ofKafka('NOT_COORDINATOR_FOR_GROUP'))), 'passing'],
    [new KafkaJSConnectionError('refused'), 'passing'],
    [exhausted(new KafkaJSConnectionError('refused')), 'passing'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'passing'],
    [new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }), 'passing'],
    [new RetriableError('the database is down', { cause: new TypeError('x') }), 'passing'],
    [exhausted(ofKafka('UNKNOWN_TOPIC_OR_PARTITION')), 'missing-topic'],
    [wrapped(ofKafka('INVALID_TIMESTAMP')), 'refused'],
    [wrapped(ofKafka('MESSAGE_TOO_LARGE')), 'refused'],
    [ofKafka('TOPIC_AUTHORIZATION_FAILED'), 'hopeless'],
    [ofKafka('TRANSACTIONAL_ID_AUTHORIZATION_FAILED'), 'hopeless'],
    [ofKafka('INVALID_TRANSACTION_TIMEOUT'), 'hopeless'],
    [ofKafka('UNKNOWN'), 'unknown'],
    [new KafkaJSNonRetriableError(new TypeError('x')), 'unknown'],
    [new TypeError('x is undefined'), 'unknown'],
    [new Error('x'), 'unknown'],
    ['a string', 'unknown'],
    [undefined, 'unknown'],
  ])('of %p is %s', (error, kind) => {
    expect(failureKind(error)).toBe(kind);
  });

  it('is one of a few causes', () => {
    expect(failureCause(wrapped(ofKafka('NOT_ENOUGH_REPLICAS')))).toBe('NOT_ENOUGH_REPLICAS');
    expect(failureCause(wrapped(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })))).toBe('ECONNREFUSED');
    expect(failureCause(new RetriableError('the database is down'))).toBe('RetriableError');
    expect(failureCause(new RetriableError('x', { cause: new RangeError('y') }))).toBe('RangeError');
    expect(failureCause('text of any kind')).toBe('string');
  });

  it('is found even if an error is its own cause', () => {
    const error = new Error('x');
    error.cause = error;
    expect(failureKind(error)).toBe('unknown');
  });
});
