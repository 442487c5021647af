import { exposition } from '../../../../src/monitoring/exposition';
import { clusterMetrics } from '../../../../src/components/lag-exporter/metrics';
import type { GroupSnapshot } from '../../../../src/components/lag-exporter/read-groups';
import type { ClusterSnapshot, PartitionSnapshot } from '../../../../src/components/lag-exporter/snapshot';

const partition = (override: Partial<PartitionSnapshot>): PartitionSnapshot => ({
  partition: 0,
  leaderId: 2,
  leaderEpoch: 0,
  replicas: [2, 0, 1],
  inSyncReplicas: [0, 1, 2],
  log: { start: 5n, lastStable: 20n, highWatermark: 25n },
  ...override,
});

const committed = (topics: Readonly<Record<string, readonly (readonly [number, bigint])[]>>) =>
  new Map(Object.entries(topics).map(([topic, offsets]) => [topic, new Map(offsets)]));

const group = (name: string, members: number | undefined, commits: GroupSnapshot['committed']): GroupSnapshot => ({
  group: name,
  type: 'classic',
  state: members === 0 ? 'Empty' : 'Stable',
  members,
  assigned: new Map(),
  committed: commits,
});

const snapshot: ClusterSnapshot = {
  brokers: 3,
  topics: [
    {
      name: 'orders',
      partitions: [
        partition({
          transaction: { producerId: 4000n, transactionalId: 'payment-0', state: 'open', ageMs: 61_400 },
        }),
        partition({ partition: 1, leaderId: 0, inSyncReplicas: [0] }),
        partition({ partition: 2, leaderId: -1, inSyncReplicas: [], log: undefined }),
      ],
    },
  ],
  groups: [
    group('billing', 2, committed({ orders: [[0, 12n]], deleted: [[0, 7n]] })),
    group('idle', 0, committed({ orders: [[2, 9n]] })),
    group('fresh', undefined, committed({})),
    { ...group('stuck', 1, committed({})), assigned: new Map([['orders', new Set([1, 2])]]) },
    {
      ...group('sharing', 1, committed({ orders: [[0, 7n]] })),
      type: 'share',
      lags: committed({ orders: [[0, 3n]] }),
    },
  ],
  problems: [],
};

const lines = (of: ClusterSnapshot): readonly string[] =>
  exposition(clusterMetrics(of))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const linesOf = (name: string, of = snapshot): readonly string[] =>
  lines(of).filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));

describe('a cluster as metrics', () => {
  it('has the names of kafka_exporter, and additional ones', () => {
    expect(clusterMetrics(snapshot).map(({ name }) => name)).toEqual([
      'kafka_brokers',
      'kafka_topic_partitions',
      'kafka_topic_partition_current_offset',
      'kafka_topic_partition_oldest_offset',
      'kafka_topic_partition_unstable_records',
      'kafka_topic_partition_in_sync_replica',
      'kafka_topic_partition_leader',
      'kafka_topic_partition_leader_is_preferred',
      'kafka_topic_partition_replicas',
      'kafka_topic_partition_under_replicated_partition',
      'kafka_topic_partition_open_transaction_age_seconds',
      'kafka_consumergroup_members',
      'kafka_consumergroup_current_offset',
      'kafka_consumergroup_current_offset_sum',
      'kafka_consumergroup_lag',
      'kafka_consumergroup_lag_sum',
    ]);
  });

  it.each([
    ['kafka_brokers', [' 3']],
    ['kafka_topic_partitions', ['{topic="orders"} 3']],
    [
      'kafka_topic_partition_open_transaction_age_seconds',
      ['{topic="orders",partition="0",transactional_id="payment-0",state="open"} 61'],
    ],
    [
      'kafka_consumergroup_members',
      [
        '{consumergroup="billing"} 2',
        '{consumergroup="idle"} 0',
        '{consumergroup="stuck"} 1',
        '{consumergroup="sharing"} 1',
      ],
    ],
    [
      'kafka_consumergroup_current_offset_sum',
      [
        '{consumergroup="billing",topic="orders"} 12',
        '{consumergroup="idle",topic="orders"} 9',
        '{consumergroup="sharing",topic="orders"} 7',
      ],
    ],
    [
      'kafka_consumergroup_lag_sum',
      [
        '{consumergroup="billing",topic="orders"} 8',
        '{consumergroup="stuck",topic="orders"} 15',
        '{consumergroup="sharing",topic="orders"} 3',
      ],
    ],
  ])('%s', (name, expected) => {
    expect(linesOf(name)).toEqual(expected.map((rest) => `${name}${rest}`));
  });

  it.each([
    ['current_offset', ['25', '25']],
    ['oldest_offset', ['5', '5']],
    ['unstable_records', ['5', '5']],
    ['in_sync_replica', ['3', '1', '0']],
    ['leader', ['2', '0']],
    ['leader_is_preferred', ['1', '0', '0']],
    ['replicas', ['3', '3', '3']],
    ['under_replicated_partition', ['0', '1', '1']],
  ])('kafka_topic_partition_%s', (name, values) => {
    expect(linesOf(`kafka_topic_partition_${name}`)).toEqual(
      values.map((value, id) => `kafka_topic_partition_${name}{topic="orders",partition="${id}"} ${value}`),
    );
  });

  it.each([
    [
      'current_offset',
      [
        ...['billing 0 12', 'billing 1 -1', 'billing 2 -1', 'idle 0 -1', 'idle 1 -1', 'idle 2 9'],
        ...['stuck 0 -1', 'stuck 1 -1', 'stuck 2 -1', 'sharing 0 7', 'sharing 1 -1', 'sharing 2 -1'],
      ],
    ],
    [
      'lag',
      [
        ...['billing 0 8', 'billing 1 -1', 'idle 0 -1', 'idle 1 -1', 'stuck 0 -1', 'stuck 1 15'],
        ...['sharing 0 3', 'sharing 1 -1', 'sharing 2 -1'],
      ],
    ],
  ])('kafka_consumergroup_%s', (name, expected) => {
    expect(linesOf(`kafka_consumergroup_${name}`)).toEqual(
      expected.map((row) => {
        const [group = '', id = '', value = ''] = row.split(' ');
        return `kafka_consumergroup_${name}{consumergroup="${group}",topic="orders",partition="${id}"} ${value}`;
      }),
    );
  });

  it('contains no deleted topics, even if groups still have offsets of them', () => {
    expect(lines(snapshot).filter((line) => line.includes('deleted'))).toEqual([]);
    expect(lines({ ...snapshot, topics: [] })).toEqual([
      'kafka_brokers 3',
      'kafka_consumergroup_members{consumergroup="billing"} 2',
      'kafka_consumergroup_members{consumergroup="idle"} 0',
      'kafka_consumergroup_members{consumergroup="stuck"} 1',
      'kafka_consumergroup_members{consumergroup="sharing"} 1',
    ]);
  });

  it('has no negative number of records if the end of the log was read first', () => {
    const late = partition({ log: { start: 5n, lastStable: 26n, highWatermark: 25n } });
    const of = { ...snapshot, topics: [{ name: 'orders', partitions: [late] }] };
    const name = 'kafka_topic_partition_unstable_records';
    expect(linesOf(name, of)).toEqual([`${name}{topic="orders",partition="0"} 0`]);
  });

  it('contains no group with unknown members and offsets', () => {
    expect(lines(snapshot).filter((line) => line.includes('fresh'))).toEqual([]);
  });

  it('has no duplicate series', () => {
    const series = lines(snapshot).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(series).size).toBe(series.length);
  });
});
