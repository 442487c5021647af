import { topicSchema } from '../../../../src/components/topics/props';
import { DEFAULT_MESSAGE_MAX, FAILURE_HEADERS } from '../../../../src/components/topics/message-limits';
import { FOREVER, days, mebibytes } from '../../../../src/validation/units';
import type { CatalogueTopic } from '../../../../examples/catalogue/clients';
import { retryChains, topics as catalogue } from '../../../../examples/catalogue/topics';
import { delayMs } from '../../../../src/client/retry/retry-chain';
import { retryChain } from '../../../../src/components/topics/retry-chain';

const orders = { name: 'orders', partitions: 6, retentionMs: days(7) } as const;

describe('the retry chain of a group', () => {
  it('has a topic for each delay and one for dead letters, named after topic and group', () => {
    const { topics, deadLetterTopic } = retryChain(orders, 'inventory', ['5s', '1m']);
    expect(topics.map(({ name }) => name)).toEqual([
      'orders.inventory.retry.5s',
      'orders.inventory.retry.1m',
      'orders.inventory.dlq',
    ]);
    expect(deadLetterTopic).toBe('orders.inventory.dlq');
  });

  it('has only the dead-letter topic without a delay', () => {
    expect(retryChain(orders, 'email').topics.map(({ name }) => name)).toEqual(['orders.email.dlq']);
  });

  it('has the partitions of its source, so that a record keeps its number', () => {
    for (const { partitions } of retryChain(orders, 'inventory', ['5s']).topics) expect(partitions).toBe(6);
  });

  it('keeps records far longer than their delay, although they may be as old as their source allows', () => {
    const { topics } = retryChain(orders, 'inventory', ['2h']);
    expect(topicSchema.parse(topics[0]).retentionMs).toBeGreaterThan(orders.retentionMs + 10 * delayMs('2h'));
    const forever = retryChain({ ...orders, retentionMs: FOREVER }, 'inventory', ['2h']);
    for (const topic of forever.topics) expect(topicSchema.parse(topic).retentionMs).toBe(FOREVER);
  });

  it.each([
    ['by default', {}, DEFAULT_MESSAGE_MAX],
    ['its own limit', { settings: { maxMessageBytes: mebibytes(5) } }, mebibytes(5)],
    ['more than a segment of copies', { settings: { maxMessageBytes: mebibytes(64) } }, mebibytes(64)],
  ])('accepts what its source accepts, plus the headers of a failure: %s', (_, more, limit) => {
    for (const topic of retryChain({ ...orders, ...more }, 'inventory', ['5s']).topics) {
      const { settings, segmentBytes } = topicSchema.parse(topic);
      expect(settings.maxMessageBytes).toBe(limit + FAILURE_HEADERS);
      expect(segmentBytes).toBeGreaterThanOrEqual(limit + FAILURE_HEADERS);
    }
  });

  it('keeps records with any timestamp and key, as reliably as its source', () => {
    const source = {
      ...orders,
      replicationFactor: 5,
      minInsyncReplicas: 3,
      settings: { compressionType: 'zstd' },
    } as const;
    for (const topic of retryChain(source, 'inventory', ['5s']).topics) {
      expect(topicSchema.parse(topic)).toMatchObject({
        cleanupPolicy: 'delete',
        replicationFactor: 5,
        minInsyncReplicas: 3,
        settings: {
          messageTimestampType: 'CreateTime',
          messageTimestampBeforeMaxMs: FOREVER,
          messageTimestampAfterMaxMs: FOREVER,
        },
      });
    }
  });

  it.each(Object.values(retryChains).flatMap(({ topics }) => topics.map(({ name }) => name)))(
    'is in the catalogue with its topic %s',
    (name) => expect(catalogue.map((topic) => topic.name)).toContain(name),
  );
});

it.each([
  ['5s', 5_000],
  ['1m', 60_000],
  ['2h', 7_200_000],
] as const)('a delay of %s is %i ms', (delay, ms) => expect(delayMs(delay)).toBe(ms));

it('no other retry topic compiles', () => {
  const known: CatalogueTopic = 'orders.inventory.retry.5s';
  // @ts-expect-error the chain has no such delay
  const unknown: CatalogueTopic = 'orders.inventory.retry.7s';
  expect([known, unknown]).toHaveLength(2);
});
