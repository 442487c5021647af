import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { clientError, withClientErrors } from '../../../src/client/client-error';
import { ConsumerEnded } from '../../../src/client/consumer/consumer-ended';
import { KafkaClientError, PermanentError } from '../../../src/client/errors';
import { Abandoned } from '../../../src/client/producer/attempts';
import { DeliveryEnded } from '../../../src/client/producer/delivery';
import { TopicMissing } from '../../../src/client/producer/missing';
import { RecordRefused } from '../../../src/client/producer/refusals';
import { FencedError } from '../../../src/client/transactions/fenced';
import { TransactionFailed } from '../../../src/client/transactions/transactional-session';

const SOURCES = join(__dirname, '../../../src/client');

/** Errors inside the serde, which its callers convert to a `PermanentError`. */
const INSIDE_OF_SERDE = /^serde\//;
/** Errors that are thrown into kafkajs, which handles them or wraps them as a cause. */
const FOR_KAFKAJS = /^codecs\/|kafkajs-patches\/end-stopped-fetchers|positions\/group-positions|producer\/transport/;

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SOURCES, file), 'utf8') }));

describe('the errors of the clients', () => {
  it('derive from one class everywhere', () => {
    const others = files.filter(
      ({ file, text }) =>
        !INSIDE_OF_SERDE.test(file) &&
        !FOR_KAFKAJS.test(file) &&
        /\bthrow new (Error|TypeError|RangeError)\(|extends Error\b/.test(text),
    );
    expect(others.map(({ file }) => file)).toEqual(['errors.ts']);
  });

  it('have unique codes, each used by a class', () => {
    const { text } = files.find(({ file }) => file === 'errors.ts') ?? { text: '' };
    const declared = [...text.slice(0, text.indexOf(';')).matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code);
    const used = files.flatMap(({ text: each }) => [
      ...each.matchAll(/^ {2}(?:override )?readonly code(?:: ErrorCode)? = '([A-Z_]+)';/gm),
    ]);
    expect(used.map(([, code]) => code).sort()).toEqual(declared);
  });

  it.each([
    ['PERMANENT', false, new PermanentError('no Avro')],
    ['DELIVERY_ENDED', true, new DeliveryEnded('not delivered within 10 ms')],
    ['DELIVERY_ENDED', false, new DeliveryEnded('the producer is closed', true)],
    ['TOPIC_MISSING', true, new TopicMissing('invoices')],
    ['CONSUMER_ENDED', false, new ConsumerEnded('fatal', undefined)],
    ['CONSUMER_ENDED', true, new ConsumerEnded('crashed', undefined)],
    ['RETRIABLE', true, clientError(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))],
    ['RETRIABLE', true, clientError({ type: 'UNKNOWN_TOPIC_OR_PARTITION' })],
    ['PERMANENT', false, clientError({ type: 'MESSAGE_TOO_LARGE' })],
    ['FATAL', false, clientError({ type: 'TOPIC_AUTHORIZATION_FAILED' })],
    ['UNCLASSIFIED', true, clientError('text')],
  ])('have code %s and canRetry %s', (code, canRetry, error) => {
    expect(error).toBeInstanceOf(KafkaClientError);
    expect(error).toMatchObject({ code, canRetry });
  });

  const inner = new Error('inner');

  it.each([
    new ConsumerEnded('crashed', inner, { topic: 'orders', partition: 0, offset: 1n }),
    new ConsumerEnded('fatal', undefined),
    new DeliveryEnded('late', true, inner),
    new TransactionFailed(true, inner, [{ topic: 'orders', partition: 0, offset: 1n }]),
    new FencedError('billing-0', inner),
    new Abandoned(inner),
    new RecordRefused('orders', 0, inner),
    new TopicMissing('orders'),
    new PermanentError('no Avro', { cause: inner }),
  ])('are printed by Node.js with stack, cause and properties, without duplicates: %s', (error) => {
    const printed = inspect(error);
    expect(printed.match(/^ +\[?cause\]?: /gm) ?? []).toHaveLength(error.cause === undefined ? 0 : 1);
    expect(Object.values(error).filter((value) => typeof value === 'object')).toEqual([]);
  });

  it('keep the original error as the cause, and their own class', async () => {
    const cause = new Error('boom');
    await expect(withClientErrors(Promise.reject(cause))).rejects.toMatchObject({ message: 'boom', cause });
    const own = new PermanentError('no Avro');
    await expect(withClientErrors(Promise.reject(own))).rejects.toBe(own);
    await expect(withClientErrors(Promise.resolve(1))).resolves.toBe(1);
  });
});
