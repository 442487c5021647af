import { settle, type ConsumerOptions } from '../../../../src/client/consumer/options';

const connection = { bootstrapServers: ['localhost:1'], clientId: 'billing' };
const options = { connection, groupId: 'group', topics: ['orders'], handle: () => undefined } as const;

describe('the options of a consumer', () => {
  it('have a default for every bound and deadline', () => {
    expect(settle(options)).toMatchObject({ maxInFlight: 64, sessionTimeoutMs: 30_000, revokeDeadlineMs: 20_000 });
  });

  it('refuse a revoke deadline after which the group has already removed the member', () => {
    expect(() => settle({ ...options, revokeDeadlineMs: 60_000 })).toThrow('must be below rebalanceTimeoutMs 60000');
  });

  it('compile only for topics of the consumer, and with one handler', () => {
    // @ts-expect-error a topic, but not of this consumer
    const another: ConsumerOptions<'orders'> = { ...options, topics: ['payments'] };
    // @ts-expect-error one record a call, or several: not both
    const both: ConsumerOptions<'orders'> = { ...options, handleBatch: () => undefined };
    expect([another, both]).toHaveLength(2);
  });
});
