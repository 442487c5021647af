import { TransactionFailed } from '../../../../src/client/transactions/transactional-session';

/** The error of a broker as kafkajs wraps it. */
const answered = (type: string): Error => Object.assign(new Error(type), { originalError: { type } });

describe('a transaction that failed was fenced', () => {
  it.each([
    ['INVALID_PRODUCER_EPOCH', false],
    ['INVALID_PRODUCER_EPOCH', true],
    // The coordinator returns it while it ends the transaction for the next producer of the id.
    ['CONCURRENT_TRANSACTIONS', true],
  ])('by %s, at its end: %p', (type, isAtEnd) =>
    expect(new TransactionFailed(isAtEnd, answered(type), []).isFenced).toBe(true),
  );

  it.each([
    ['CONCURRENT_TRANSACTIONS', false],
    ['NOT_COORDINATOR', true],
  ])('not by %s, at its end: %p', (type, isAtEnd) =>
    expect(new TransactionFailed(isAtEnd, answered(type), []).isFenced).toBe(false),
  );
});
