import { KafkaJSConnectionError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { FatalError } from '../../../src/client/errors';
import { problemText } from '../../../src/console/problem-text';
import { UserError } from '../../../src/validation/user-error';
import { KafkaError } from '../../../src/protocol/request';

const protocol = (type: string, code: number, more: object = {}): Error =>
  Object.assign(new KafkaJSProtocolError(Object.assign(new Error('as kafkajs says it'), { type, code })), more);

describe('the text of an error', () => {
  it.each([
    ['ours', new UserError('The topic is wrong.', 'correct it'), /^The topic is wrong\.\n {2}fix: correct it$/],
    ['a consumer', new FatalError('no rights'), /^no rights$/],
    [
      'a broker to a request of ours',
      new KafkaError(3, null, 'orders-3'),
      /^orders-3: the topic or partition does not exist.*\(UNKNOWN_TOPIC_OR_PARTITION\); npm run topics -- apply/,
    ],
    [
      'a broker with words of its own',
      new KafkaError(44, 'Names begin with a team.'),
      /^Names begin with a team \(POLICY_VIOLATION\); /,
    ],
    ['an error that is not known', new KafkaError(4711), /^Kafka's error code 4711$/],
    [
      'a broker to kafkajs',
      protocol('TOPIC_AUTHORIZATION_FAILED', 29, { topic: 'orders' }),
      /^orders: the client is not authorized .*; grant it/,
    ],
    [
      'kafkajs when it gives up',
      new KafkaJSNumberOfRetriesExceeded(protocol('NOT_ENOUGH_REPLICAS', 19), { retryCount: 5, retryTime: 300 }),
      /^fewer replicas are in sync/,
    ],
    [
      'kafkajs that gets no connection',
      new KafkaJSConnectionError('Connection timeout'),
      /^Connection timeout; see that the brokers run/,
    ],
    [
      'the network',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
      /^connect ECONNREFUSED 127/,
    ],
    [
      'fetch',
      new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }) }),
      /^getaddrinfo \(ENOTFOUND\)$/,
    ],
    [
      'several',
      new AggregateError([new KafkaError(29), new KafkaError(29), new FatalError('x')]),
      /^the client is not authorized.*\nx$/,
    ],
  ])('of %s is a sentence', (_, error, text) => expect(problemText(error)).toMatch(text));

  it.each([
    ['a wrong call', new TypeError('x is not a function')],
    ["a wrong call of Node's", Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['one among others', new AggregateError([new FatalError('x'), new RangeError('y')])],
    ['a text', 'thrown'],
    ['nothing', undefined],
  ])('of %s is a defect of the program', (_, error) => expect(problemText(error)).toBeUndefined());
});
