import type { EventConsumer } from '../../../../src/client/consumer/event-consumer';
import { settle, type ConsumerOptions } from '../../../../src/client/consumer/options';

const options = { bootstrap: ['localhost:1'], groupId: 'group', topics: ['orders'], handle: () => undefined } as const;

describe('the options of a consumer', () => {
  it('have a default for every bound and deadline', () => {
    expect(settle(options)).toMatchObject({ maxInFlight: 64, sessionTimeoutMs: 30_000, revokeDeadlineMs: 20_000 });
  });

  it('refuse a revoke deadline beyond which the group has given the member up', () => {
    expect(() => settle({ ...options, revokeDeadlineMs: 60_000 })).toThrow('must be below rebalanceTimeoutMs 60000');
  });

  it('compile only for topics of the catalogue, and with one handler', () => {
    // @ts-expect-error no topic of the catalogue
    const unknown: ConsumerOptions<'order'> = { ...options, topics: ['order'] };
    // @ts-expect-error a topic of the catalogue, but not of this consumer
    const another: ConsumerOptions<'orders'> = { ...options, topics: ['payments'] };
    // @ts-expect-error one record a call, or several: not both
    const both: ConsumerOptions<'orders'> = { ...options, handleBatch: () => undefined };
    const start = (consumer: typeof EventConsumer) =>
      // @ts-expect-error no topic of the catalogue
      consumer.start({ ...options, topics: ['order'] });
    expect([unknown, another, both, start]).toHaveLength(4);
  });
});
