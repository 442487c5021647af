import { classify, FatalError, PermanentError, RetriableError } from '../../../../src/client/consumer/errors';

describe('the class of an error', () => {
  it.each([
    [new PermanentError('no Avro'), 'permanent'],
    [new RetriableError('registry down'), 'retriable'],
    [new FatalError('no credentials'), 'fatal'],
    [Object.assign(new Error('from kafkajs'), { retriable: true }), 'retriable'],
    [Object.assign(new Error('from kafkajs'), { retriable: false }), 'unclassified'],
    [new TypeError('x is undefined'), 'unclassified'],
    ['a string', 'unclassified'],
    [undefined, 'unclassified'],
  ])('of %p is %s', (error, kind) => {
    expect(classify(error)).toBe(kind);
  });
});
