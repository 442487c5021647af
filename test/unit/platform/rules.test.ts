import { hours, kibibytesPerSecond, mebibytes } from '../../../src/validation/units';
import { validConfig } from '../../../tools/support/config';
import { itRefuses, type Row } from '../../support/refusals';

const [TOPIC] = validConfig.topics;
const topics = (...overrides: readonly object[]) => ({
  topics: overrides.map((override) => ({ ...TOPIC, ...override })),
});

const REPLICATION: readonly Row[] = [
  ['more replicas than brokers', { 'brokers/replicationFactor': 4 }, 'brokers.replicationFactor', /need 4 brokers/],
  [
    'min ISR equal to RF',
    { 'brokers/minInsyncReplicas': 3 },
    'brokers.minInsyncReplicas',
    /one stopped broker refuses/,
  ],
  ['min ISR above RF', { 'brokers/minInsyncReplicas': 4 }, 'brokers.minInsyncReplicas', /4 of 3/],
  [
    'internal topics with more replicas than brokers',
    { 'brokers/internalTopics/replicationFactor': 5 },
    'brokers.internalTopics.replicationFactor',
    /need 5 brokers/,
  ],
  [
    'internal topics without room for a failure',
    { 'brokers/internalTopics/minInsyncReplicas': 3 },
    'brokers.internalTopics.minInsyncReplicas',
    /one stopped broker/,
  ],
  [
    'internal topics below RF 3 on three brokers',
    { 'brokers/internalTopics/replicationFactor': 2, 'brokers/internalTopics/minInsyncReplicas': 1 },
    'brokers.internalTopics.replicationFactor',
    /first to be lost/,
  ],
  [
    'offsets without room for a failure, which have the brokers’ min ISR',
    {
      'brokers/nodePools/0/replicas': 5,
      'brokers/quorum/voters': 5,
      'brokers/replicationFactor': 5,
      'brokers/minInsyncReplicas': 3,
    },
    'brokers.internalTopics.replicationFactor',
    /3 of 3 replicas .* refuses all commits/,
  ],
  [
    'a topic with more replicas than brokers',
    topics({ replicationFactor: 4 }),
    'topics.0.replicationFactor',
    /need 4 brokers/,
  ],
  [
    'a topic without room for a failure',
    topics({ minInsyncReplicas: 3 }),
    'topics.0.minInsyncReplicas',
    /one stopped broker/,
  ],
];

const NAMES: readonly Row[] = [
  ['a setting that does not exist', { broker: {} }, 'broker', /no such setting/],
  ['a nested setting that does not exist', { 'brokers/replicas': 3 }, 'brokers.replicas', /no such setting/],
  ['a name with capitals', { name: 'Kafka' }, 'name', /DNS label/],
  ['a name that is too long for what derives from it', { name: 'k'.repeat(41) }, 'name', /63 characters/],
  ['a namespace with a dot', { namespace: 'my.kafka' }, 'namespace', /DNS label/],
  [
    'a storage class that is no name',
    { 'brokers/nodePools/0/storage/storageClass': 'Fast SSD' },
    'brokers.nodePools.0.storage.storageClass',
    /DNS name/,
  ],
  ['a cluster domain that is none', { clusterDomain: 'cluster_local' }, 'clusterDomain', /DNS name/],
];

const TOPICS: readonly Row[] = [
  ['a topic twice', topics({}, {}), 'topics.1.name', /occurs twice/],
  [
    'topics that share a metric name',
    topics({ name: 'a.b' }, { name: 'a_b' }),
    'topics.1.name',
    /same name in metrics/,
  ],
  ['a topic named like an internal one', topics({ name: '__mine' }), 'topics.0.name', /internal topics/],
  ['a topic name with a slash', topics({ name: 'a/b' }), 'topics.0.name', /does not allow this topic name/],
  [
    'a compacted topic without keys',
    topics({ keyed: false, cleanupPolicy: 'compact', retentionMs: undefined, expectedSize: mebibytes(1) }),
    'topics.0.keyed',
    /compacted by key/,
  ],
  [
    'a size limit below a segment',
    topics({ retentionBytes: mebibytes(8) }),
    'topics.0.retentionBytes',
    /would have no effect/,
  ],
  [
    'an age limit of a topic that is only compacted',
    topics({ cleanupPolicy: 'compact', expectedSize: mebibytes(1) }),
    'topics.0.retentionMs',
    /not deleted by age/,
  ],
  [
    'records larger than a request',
    { ...topics({ settings: { maxMessageBytes: mebibytes(50) } }), 'brokers/socketRequestMax': mebibytes(20) },
    'topics.0.settings.maxMessageBytes',
    /largest request/,
  ],
  [
    'copies larger than a request',
    topics(
      { settings: { maxMessageBytes: mebibytes(100) }, segmentBytes: mebibytes(128) },
      { name: 'orders.dlq', copiesOf: 'orders' },
    ),
    'topics.0.settings.maxMessageBytes',
    /derived from it would have the same \(orders\.dlq\)/,
  ],
  [
    'records larger than a request by a property of the brokers',
    { ...topics({ segmentBytes: mebibytes(512) }), 'brokers/properties/message.max.bytes': mebibytes(200) },
    'topics.0.settings.maxMessageBytes',
    /largest request/,
  ],
  [
    'records larger than a segment',
    topics({ settings: { maxMessageBytes: mebibytes(12) }, segmentBytes: mebibytes(8) }),
    'topics.0.settings.maxMessageBytes',
    /does not fit into a segment/,
  ],
  ['copies of no topic', topics({ copiesOf: 'order' }), 'topics.0.copiesOf', /copies of records of 'order'/],
  ['no partitions', topics({ partitions: 0 }), 'topics.0.partitions', /./],
  ['a topic that nothing bounds', topics({ expectedIngress: undefined }), 'topics.0', /nothing bounds the disk/],
  [
    'retention that cannot fit the disks',
    topics({ expectedIngress: kibibytesPerSecond(10_000), retentionMs: hours(24) }),
    'brokers.nodePools.0.storage.size',
    /retention cannot fit the disks: .*3 claims x 10 GiB[\s\S]*3 replicas x \(9\.8 MiB\/s x 1 d/,
  ],
];

describe.each([
  ['replication', REPLICATION],
  ['names', NAMES],
  ['topics', TOPICS],
])('the configuration refuses, of %s,', (_, rows) => {
  itRefuses(rows);
});
