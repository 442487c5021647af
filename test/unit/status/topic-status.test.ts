import { loadConfig } from '../../../tools/support/environments';
import type { PartitionSnapshot } from '../../../src/components/lag-exporter/snapshot';
import { topicStatus } from '../../../src/status/topic-status';
import { log, partition } from './builders';

const config = loadConfig('local');

const statusOf = (...partitions: readonly PartitionSnapshot[]) =>
  topicStatus(
    {
      name: 'any',
      isInternal: false,
      partitions,
      settings: {
        'cleanup.policy': { value: 'delete', onTopic: false },
        'min.insync.replicas': { value: '2', onTopic: true },
        'retention.bytes': { value: '-1', onTopic: false },
        'retention.ms': { value: '3600000', onTopic: true },
      },
    },
    config,
  );

describe('a topic', () => {
  it('has the number of records in its logs, and the retention of its settings', () => {
    expect(statusOf(partition(0, log(10, 100)), partition(1, log(0, 5)))).toMatchObject({
      partitions: 2,
      replicationFactor: 3,
      records: 95,
      retention: { cleanupPolicy: 'delete', ms: 3_600_000, bytes: -1 },
      underReplicated: 0,
      belowMinIsr: 0,
      offline: 0,
    });
  });

  it('has an unknown number of records while a partition does not answer', () => {
    expect(statusOf(partition(0, log(0, 100)), partition(1, undefined)).records).toBeUndefined();
  });

  it('distinguishes partitions that miss a replica, refuse records, or are offline', () => {
    const inSync = (id: number, ...ids: readonly number[]) => ({ ...partition(id, log(0, 1)), inSyncReplicas: ids });
    const offline = { ...partition(3, undefined), inSyncReplicas: [] };
    expect(statusOf(inSync(0, 0, 1, 2), inSync(1, 0, 1), inSync(2, 0), offline)).toMatchObject({
      underReplicated: 3,
      belowMinIsr: 1,
      offline: 1,
    });
  });
});
