import { FatalError, OutageError, PermanentError, RetriableError } from '../../../../src/client/errors';
import type { FailedWork } from '../../../../src/client/consumer/failures';
import { Handling } from '../../../../src/client/consumer/handling';
import type { BatchHandler, PermanentFailure, PermanentSink } from '../../../../src/client/consumer/handlers';
import { unitsByCount, unitsByKey, type Unit } from '../../../../src/client/consumer/units';
import { record } from '../../../support/consumed';

const { signal: never } = new AbortController();

function handling(
  handle: BatchHandler<'orders'>,
  onPermanent?: PermanentSink<'orders'>,
  more: Partial<ConstructorParameters<typeof Handling<'orders'>>[0]> = {},
) {
  const ends: string[] = [];
  const places: unknown[] = [];
  const failures: FailedWork[] = [];
  const succeeded: string[] = [];
  const subject = new Handling<'orders'>({
    handle,
    onPermanent,
    backOff: { firstMs: 100, maxMs: 1_000 },
    maxAttempts: Infinity,
    maxUnclassifiedAttempts: 3,
    missingTopicMs: 60_000,
    handlerTimeoutMs: 50,
    failures: {
      failed: (failure) => void failures.push(failure),
      succeeded: ({ work }) => void succeeded.push(work),
    },
    onEnd: (reason, _, place) => {
      ends.push(reason);
      places.push(place);
    },
    ...more,
  });
  return { subject, ends, places, failures, succeeded };
}

const failing =
  (error: Error): BatchHandler<'orders'> =>
  () =>
    Promise.reject(error);
const keeping =
  (failures: PermanentFailure<'orders'>[]): PermanentSink<'orders'> =>
  (failure) => {
    failures.push(failure);
    return Promise.resolve('dead_lettered');
  };
const kept: PermanentSink<'orders'> = () => Promise.resolve('dead_lettered');
const oneUnit = (): Unit<'orders'> => unitsByKey([record(0)])[0] as Unit<'orders'>;
const again = { againInMs: expect.any(Number) as number };

describe('the result of a handler', () => {
  it('no error: the record is done', async () => {
    expect(handling(() => undefined).subject.attempt(oneUnit(), never)).toBe('done');
    expect(await handling(() => Promise.resolve()).subject.attempt(oneUnit(), never)).toBe('done');
  });

  it('permanent: the sink gets the record, and it is done', async () => {
    const failures: PermanentFailure<'orders'>[] = [];
    const error = new PermanentError('x');
    const { subject, ends } = handling(failing(error), keeping(failures));
    expect(await subject.attempt(oneUnit(), never)).toBe('done');
    expect(failures).toMatchObject([{ record: { offset: 0n }, error, attempts: 1 }]);
    expect(ends).toEqual([]);
  });

  it('permanent, and no sink: the consumer ends, and says where', async () => {
    const { subject, ends, places } = handling(failing(new PermanentError('x')));
    expect(await subject.attempt(oneUnit(), never)).toBe('stopped');
    expect(ends).toEqual(['permanent']);
    expect(places).toEqual([{ topic: 'orders', partition: 0, offset: 0n }]);
  });

  it('retriable: it is reported with its cause and its limit, and when it is over', async () => {
    let left = 2;
    const { subject, failures, succeeded } = handling(() => {
      if (left-- > 0) throw new RetriableError('the database is down');
    });
    const unit = oneUnit();
    for (let attempt = 0; attempt < 3; attempt += 1) await subject.attempt(unit, never);
    expect(failures).toMatchObject([
      { work: 'handle', topic: 'orders', partition: 0, offset: 0n, attempts: 1, bound: { maxAttempts: Infinity } },
      { attempts: 2, cause: { message: 'the database is down' } },
    ]);
    expect(succeeded).toEqual(['handle']);
  });

  it('retriable: retried as long as it lasts', async () => {
    const { subject, ends } = handling(failing(new RetriableError('x')), kept);
    const unit = oneUnit();
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await subject.attempt(unit, never)).toEqual(again);
    expect(ends).toEqual([]);
  });

  it('retriable with limited attempts: goes to the sink after these, but never for an outage', async () => {
    const failures: PermanentFailure<'orders'>[] = [];
    const { subject } = handling(failing(new RetriableError('x')), keeping(failures), { maxAttempts: 2 });
    const unit = oneUnit();
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toBe('done');
    expect(failures).toMatchObject([{ attempts: 2 }]);
    const outage = handling(failing(new OutageError('x')), keeping(failures), { maxAttempts: 2 });
    const other = oneUnit();
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await outage.subject.attempt(other, never)).toEqual(again);
    expect(failures).toHaveLength(1);
  });

  it('a record before its due time: waits without a call or an attempt', async () => {
    const attempts: number[] = [];
    let due = Date.now() + 60_000;
    const { subject } = handling((_, { attempt }) => void attempts.push(attempt), undefined, { notBefore: () => due });
    const unit = oneUnit();
    expect(subject.attempt(unit, never)).toEqual(again);
    expect(attempts).toEqual([]);
    due = Date.now();
    expect(await subject.attempt(unit, never)).toBe('done');
    expect(attempts).toEqual([1]);
  });

  it('fatal: the consumer ends', async () => {
    const { subject, ends } = handling(failing(new FatalError('x')), kept);
    expect(await subject.attempt(oneUnit(), never)).toBe('stopped');
    expect(ends).toEqual(['fatal']);
  });

  it('unclassified: is retried a limited number of times, then counts as permanent', async () => {
    const failures: PermanentFailure<'orders'>[] = [];
    const { subject } = handling(failing(new TypeError('x')), keeping(failures));
    const unit = oneUnit();
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(failures).toEqual([]);
    expect(await subject.attempt(unit, never)).toBe('done');
    expect(failures).toMatchObject([{ attempts: 3 }]);
  });

  it('thrown before a promise is returned: counts the same', async () => {
    const { subject, ends } = handling(() => {
      throw new FatalError('x');
    });
    expect(await subject.attempt(oneUnit(), never)).toBe('stopped');
    expect(ends).toEqual(['fatal']);
  });

  it('thrown by an abandoned handler: is ignored', async () => {
    const { subject, ends } = handling(failing(new FatalError('x')));
    expect(await subject.attempt(oneUnit(), AbortSignal.abort())).toBe('stopped');
    expect(ends).toEqual([]);
  });

  it('counts the attempts for the handler', async () => {
    const attempts: number[] = [];
    const { subject } = handling((_, { attempt }) => {
      attempts.push(attempt);
      throw new RetriableError('x');
    });
    const unit = oneUnit();
    await subject.attempt(unit, never);
    await subject.attempt(unit, never);
    expect(attempts).toEqual([1, 2]);
  });
});

describe('a sink that fails', () => {
  it('is retried without the handler, and the record is not done meanwhile', async () => {
    let handled = 0;
    let tried = 0;
    const { subject } = handling(
      () => {
        handled += 1;
        throw new PermanentError('x');
      },
      (failure) => (++tried < 3 ? Promise.reject(new RetriableError('sink')) : kept(failure)),
    );
    const unit = oneUnit();
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toBe('done');
    expect({ handled, tried }).toEqual({ handled: 1, tried: 3 });
  });

  it('permanently ends the consumer immediately', async () => {
    const refused = Object.assign(new Error('x'), { type: 'TOPIC_AUTHORIZATION_FAILED' });
    const { subject, ends } = handling(failing(new PermanentError('x')), () =>
      Promise.reject(new Error('no copy', { cause: refused })),
    );
    expect(await subject.attempt(oneUnit(), never)).toBe('stopped');
    expect(ends).toEqual(['fatal']);
  });

  it('because its topic is missing is retried up to the time limit, and reported', async () => {
    const missing = Object.assign(new Error('no topic'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
    const sink = () => Promise.reject(missing);
    const { subject, failures } = handling(failing(new PermanentError('x')), sink, { missingTopicMs: 60_000 });
    const unit = oneUnit();
    for (let attempt = 0; attempt < 9; attempt += 1) expect(await subject.attempt(unit, never)).toEqual(again);
    expect(failures[0]).toMatchObject({ work: 'keep', bound: { giveUpAfterMs: 60_000 } });
    const ended = handling(failing(new PermanentError('x')), sink, { missingTopicMs: 0 });
    expect(await ended.subject.attempt(oneUnit(), never)).toBe('stopped');
    expect(ended.ends).toEqual(['fatal']);
  });

  it('for an unknown reason ends the consumer after some attempts, and never skips the record', async () => {
    const { subject, ends } = handling(failing(new PermanentError('x')), () => Promise.reject(new Error('sink')));
    const unit = oneUnit();
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toEqual(again);
    expect(await subject.attempt(unit, never)).toBe('stopped');
    expect(ends).toEqual(['fatal']);
  });
});

describe('units', () => {
  it('of a permanently failing batch are its single records', async () => {
    const [batch] = unitsByCount([record(5), record(6)], 10);
    const { subject } = handling(failing(new PermanentError('x')), kept);
    expect(await subject.attempt(batch as Unit<'orders'>, never)).toMatchObject({
      instead: [
        { first: 0, records: [{ offset: 5n }] },
        { first: 1, records: [{ offset: 6n }] },
      ],
    });
  });

  it('have the wanted number of consecutive records, in one sequence', () => {
    const units = unitsByCount([record(0), record(1), record(2)], 2);
    expect(units.map(({ records }) => records.map(({ offset }) => offset))).toEqual([[0n, 1n], [2n]]);
    expect(new Set(units.map(({ sequence }) => sequence)).size).toBe(1);
  });

  it('of records without a key share no sequence; keys that are not text have one each', () => {
    const keys = [null, null, Buffer.from([0xff]), Buffer.from([0xfe]), Buffer.from([0xff])];
    const sequences = unitsByKey(keys.map((key, offset) => record(offset, key))).map(({ sequence }) => sequence);
    expect(sequences.slice(0, 2)).toEqual([undefined, undefined]);
    expect(sequences[2]).toBe(sequences[4]);
    expect(sequences[2]).not.toBe(sequences[3]);
  });

  it('ends a call that takes too long: its signal fires, and the record is retried like after any other error', async () => {
    let hasFired = false;
    const { subject } = handling((_, { signal }) => {
      signal.addEventListener('abort', () => (hasFired = true));
      return new Promise(() => undefined);
    });
    const [unit] = unitsByKey([record(0)]);
    const verdict = await subject.attempt(unit as Unit<'orders'>, never);
    expect(hasFired).toBe(true);
    expect(verdict).toHaveProperty('againInMs');
  });
});
