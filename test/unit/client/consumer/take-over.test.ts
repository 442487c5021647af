import type { EachBatchPayload } from 'kafkajs';
import { FatalError, OutageError, PermanentError, RetriableError } from '../../../../src/client/errors';
import type { Commits, FetchedBatch } from '../../../../src/client/consumer/commits';
import { TakeOver } from '../../../../src/client/consumer/take-over';

const payload = {
  batch: { topic: 'orders', partition: 0, firstOffset: () => '7' },
  heartbeat: () => Promise.resolve(),
} as unknown as EachBatchPayload;
const BATCH: FetchedBatch = {
  topic: 'orders',
  partition: 0,
  firstOffset: 0n,
  log: undefined,
  isOutdated: () => false,
};
const COMMITS: Commits = { areAllOrNothing: true, commit: () => Promise.resolve() };

/** A partition whose takeover fails with these errors, one after another, and then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  const fatal: unknown[] = [];
  const told: unknown[] = [];
  const takeOver = new TakeOver({
    ownerships: {
      of: () => (left.length > 0 ? Promise.reject(left.shift() ?? new Error()) : Promise.resolve(COMMITS)),
      rejoined: () => undefined,
      close: () => Promise.resolve(),
    },
    heartbeatIntervalMs: 10_000,
    maxUnclassifiedAttempts: 2,
    missingTopicMs: 60_000,
    failures: {
      failed: (failure) => void told.push(failure),
      succeeded: ({ work }) => void told.push(work),
    },
    onFatal: (error) => void fatal.push(error),
  });
  return { takeOver, fatal, told };
}

describe('the takeover of a partition', () => {
  it.each([
    new PermanentError('a state that cannot be read'),
    new FatalError('no credentials'),
    Object.assign(new Error('refused'), { type: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED' }),
    Object.assign(new Error('refused'), { type: 'INVALID_TRANSACTION_TIMEOUT' }),
  ])('ends the consumer at the permanent error %p', async (error) => {
    const { takeOver, fatal } = failing(error);
    expect(await takeOver.of(payload, BATCH)).toBeUndefined();
    expect(fatal).toEqual([error]);
  });

  it('is retried as long as the obstacle may pass', async () => {
    const { takeOver, fatal, told } = failing(
      new RetriableError('no leader'),
      new OutageError('no registry'),
      new RetriableError('x'),
    );
    for (let times = 0; times < 3; times++) expect(await takeOver.of(payload, BATCH)).toBeUndefined();
    expect(await takeOver.of(payload, BATCH)).toBe(COMMITS);
    expect(fatal).toEqual([]);
    expect(told).toMatchObject([
      { work: 'take-over', topic: 'orders', partition: 0, offset: 7n, attempts: 1, cause: { message: 'no leader' } },
      { attempts: 2 },
      { attempts: 3 },
      'take-over',
    ]);
  });

  it('ends the consumer after too many consecutive unknown errors', async () => {
    const odd = new TypeError('x is undefined');
    const { takeOver, fatal } = failing(odd);
    await takeOver.of(payload, BATCH);
    expect(await takeOver.of(payload, BATCH)).toBe(COMMITS);
    expect(fatal).toEqual([]);
    const hopeless = failing(odd, odd);
    await hopeless.takeOver.of(payload, BATCH);
    await hopeless.takeOver.of(payload, BATCH);
    expect(hopeless.fatal).toEqual([odd]);
  });
});
