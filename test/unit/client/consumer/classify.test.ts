import { KafkaJSNumberOfRetriesExceeded } from 'kafkajs';
import { classify } from '../../../../src/client/consumer/classify';
import { FatalError, PermanentError, RetriableError } from '../../../../src/client/errors';

/** The error of kafkajs after its last attempt. */
const exhausted = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1 });

describe('the class of an error', () => {
  it.each([
    [new PermanentError('no Avro'), 'permanent'],
    [new RetriableError('registry down'), 'retriable'],
    [new FatalError('no credentials'), 'fatal'],
    [Object.assign(new Error('from kafkajs'), { retriable: true }), 'retriable'],
    [Object.assign(new Error('from kafkajs'), { retriable: false }), 'unclassified'],
    [exhausted(Object.assign(new Error('no leader'), { retriable: true })), 'retriable'],
    [exhausted(Object.assign(new Error('no rights'), { retriable: false })), 'unclassified'],
    [new TypeError('x is undefined'), 'unclassified'],
    ['a string', 'unclassified'],
    [undefined, 'unclassified'],
  ])('of %p is %s', (error, kind) => {
    expect(classify(error)).toBe(kind);
  });
});
