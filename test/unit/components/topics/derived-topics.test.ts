import { retryChain } from '../../../../src/components/topics/retry-chain';
import { hours, kibibytesPerSecond, mebibytes } from '../../../../src/validation/units';
import { problemsOf, validConfig } from '../../../../tools/support/config';

const valid = {
  name: 'orders',
  partitions: 6,
  keyed: true,
  retentionMs: hours(1),
  segmentBytes: mebibytes(16),
  expectedIngress: kibibytesPerSecond(1),
};

/** Problems of a topic with a chain of three topics. */
function problemsWith(change: object) {
  const source = { ...valid, ...change };
  return problemsOf({ ...validConfig, topics: [source, ...retryChain(source, 'billing', ['5s', '1m']).topics] });
}

describe('a setting that the topics of a retry chain inherit is a problem of their source only', () => {
  it.each([
    ['replicationFactor', { replicationFactor: 5 }],
    ['minInsyncReplicas', { replicationFactor: 2, minInsyncReplicas: 2 }],
    ['minInsyncReplicas', { replicationFactor: 2 }],
    ['partitions', { partitions: 0 }],
    ['replicationFactor', { replicationFactor: 'three' }],
    ['settings.maxMessageBytes', { segmentBytes: mebibytes(64), settings: { maxMessageBytes: mebibytes(20) } }],
  ])('%s of %j', (setting, change) => {
    expect(problemsWith(change)).toMatchObject([
      {
        place: `topic orders: ${setting}`,
        message: expect.stringContaining(
          '3 topics that are derived from it would have the same ' +
            '(orders.billing.retry.5s, orders.billing.retry.1m, orders.billing.dlq)',
        ) as string,
      },
    ]);
  });

  it('and a setting of their own is a problem of theirs', () => {
    const copy = { ...valid, name: 'copies', copiesOf: 'orders', replicationFactor: 5 };
    expect(problemsOf({ ...validConfig, topics: [valid, copy] })).toMatchObject([
      { place: 'topic copies: replicationFactor' },
    ]);
  });
});
