import { diskNeed } from '../../../src/components/kafka-cluster/disk-budget';
import { parseConfig } from '../../../src/platform/load';
import { withCatalogue } from '../../../tools/support/with-catalogue';
import { mebibytes } from '../../../src/validation/units';
import { topicLimit } from '../../../src/status/headroom';

const config = parseConfig(withCatalogue.local);
const WEEK_MS = 604_800_000;

const limitOf = (name: string, bytes: number, cleanupPolicy = 'delete') =>
  topicLimit({ name, partitions: 6, replicationFactor: 3, retention: { cleanupPolicy, ms: WEEK_MS, bytes } }, config);

describe('the limit of a topic', () => {
  it('is the limit of its partitions on all replicas, if they have one', () => {
    expect(limitOf('any', mebibytes(10))).toEqual({
      bytes: mebibytes(180),
      arithmetic: '6 partitions x 3 replicas x 10 MiB = 180 MiB',
    });
  });

  it('is the disk space that the configuration expects, if time bounds it', () => {
    const [orders] = config.topics.filter(({ name }) => name === 'orders');
    const need = orders && diskNeed(orders, config.trafficShare);
    expect(need?.bytes).toBeGreaterThan(0);
    expect(limitOf('orders', -1)).toEqual({ bytes: need?.bytes, arithmetic: need?.arithmetic });
  });

  it('does not follow from bytes on a topic that is only compacted', () => {
    expect(limitOf('any', mebibytes(10), 'compact')).toBeUndefined();
  });

  it('is unknown for a topic that is not in the catalogue', () => {
    expect(limitOf('any', -1)).toBeUndefined();
  });
});
