import { gibibytes, hours, kibibytesPerSecond, mebibytes } from '../../../src/config/units';
import { validConfig } from '../../support/config';
import { itRefuses, type Row } from '../../support/refusals';

const [TOPIC] = validConfig.topics;
const topics = (...overrides: readonly object[]) => ({
  topics: overrides.map((override) => ({ ...TOPIC, ...override })),
});

const QUORUM: readonly Row[] = [
  [
    'a cluster id of 21 characters',
    { 'brokers/quorum/clusterId': 'q1Sh-9_ISia_zwGINzRvy' },
    'brokers.quorum.clusterId',
    /22 characters/,
  ],
  [
    'a cluster id that is no base64url',
    { 'brokers/quorum/clusterId': 'q1Sh+9/ISia=zwGINzRvyQ' },
    'brokers.quorum.clusterId',
    /base64url/,
  ],
  [
    'a cluster id that encodes more than 16 bytes',
    { 'brokers/quorum/clusterId': 'q1Sh-9_ISia_zwGINzRvyR' },
    'brokers.quorum.clusterId',
    /16 bytes/,
  ],
  [
    'a cluster id that begins with a dash',
    { 'brokers/quorum/clusterId': '-1Sh-9_ISia_zwGINzRvyQ' },
    'brokers.quorum.clusterId',
    /leading dash/,
  ],
  [
    'the cluster id of the documentation',
    { 'brokers/quorum/clusterId': 'MkU3OEVBNTcwNTJENDM2Qg' },
    'brokers.quorum.clusterId',
    /sample/,
  ],
  [
    'the cluster id of the official image',
    { 'brokers/quorum/clusterId': '5L6g3nShT-eMCtK--X86sw' },
    'brokers.quorum.clusterId',
    /sample/,
  ],
  ['a missing cluster id', { 'brokers/quorum/clusterId': undefined }, 'brokers.quorum.clusterId', /./],
  [
    'an even number of voters',
    { 'brokers/count': 4, 'brokers/quorum/voters': 4 },
    'brokers.count',
    /4 voters survive no more failures/,
  ],
  [
    'a count that differs from the voters it was formed with',
    { 'brokers/count': 5 },
    'brokers.quorum.voters',
    /formed with 3 voters/,
  ],
];

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

const BROKERS: readonly Row[] = [
  ['a heap that does not fit the memory', { 'brokers/heap': gibibytes(1) }, 'brokers.memory', /killed for memory/],
  ['one port for two listeners', { 'brokers/listeners/client': 9093 }, 'brokers.listeners.controller', /already taken/],
  ['a privileged port', { 'brokers/listeners/client': 80 }, 'brokers.listeners.client', /./],
  [
    'a release that wedges on a cold boot',
    { 'brokers/version': '4.1.0', 'brokers/metadataVersion': '4.1-IV0' },
    'brokers.version',
    /KAFKA-20247/,
  ],
  ['a release that is none', { 'brokers/version': 'latest' }, 'brokers.version', /no Kafka release/],
  [
    'a feature level beyond the release',
    { 'brokers/metadataVersion': '4.4-IV0' },
    'brokers.metadataVersion',
    /does not know/,
  ],
  ['an image without a tag', { 'brokers/image': 'apache/kafka' }, 'brokers.image', /tag or a digest/],
  [
    'an image of no fixed release',
    { 'brokers/image': 'apache/kafka:latest' },
    'brokers.image',
    /changes from pull to pull/,
  ],
  ['an image of another release', { 'brokers/image': 'apache/kafka:4.3.0' }, 'brokers.image', /image says 4.3.0/],
  [
    'auto-created topics',
    { 'brokers/properties/auto.create.topics.enable': true },
    'brokers.properties.auto.create.topics.enable',
    /derived/,
  ],
  ['a second node id', { 'brokers/properties/node.id': 7 }, 'brokers.properties.node.id', /derived/],
  [
    'unclean elections',
    { 'brokers/properties/unclean.leader.election.enable': true },
    'brokers.properties.unclean.leader.election.enable',
    /derived/,
  ],
  ['a setting of producers', { 'brokers/properties/acks': 'all' }, 'brokers.properties.acks', /a setting of producers/],
  [
    'a property that Kafka 4 has no more',
    { 'brokers/properties/zookeeper.connect': 'zk' },
    'brokers.properties.zookeeper.connect',
    /gone since/,
  ],
  ['a property name with capitals', { 'brokers/properties/Node': 'x' }, 'brokers.properties.Node', /./],
  ['local ports beyond the last', { 'local/basePort': 65_530 }, 'local.basePort', /up to 65553/],
  ['a claim below 1 GiB', { 'brokers/storage/size': mebibytes(100) }, 'brokers.storage.size', /./],
  ['no brokers', { 'brokers/count': 0 }, 'brokers.count', /./],
  ['threads in fractions', { 'brokers/ioThreads': 1.5 }, 'brokers.ioThreads', /./],
];

const NAMES: readonly Row[] = [
  ['a setting that does not exist', { broker: {} }, 'broker', /no such setting/],
  ['a nested setting that does not exist', { 'brokers/replicas': 3 }, 'brokers.replicas', /no such setting/],
  ['a name with capitals', { name: 'Kafka' }, 'name', /DNS label/],
  ['a name that is too long for what derives from it', { name: 'k'.repeat(41) }, 'name', /63 characters/],
  ['a namespace with a dot', { namespace: 'my.kafka' }, 'namespace', /DNS label/],
  [
    'a storage class that is no name',
    { 'brokers/storage/storageClass': 'Fast SSD' },
    'brokers.storage.storageClass',
    /DNS name/,
  ],
  ['a cluster domain that is none', { clusterDomain: 'cluster_local' }, 'clusterDomain', /DNS name/],
];

const TOPICS: readonly Row[] = [
  ['a topic twice', topics({}, {}), 'topics.1.name', /stands twice/],
  [
    'topics that share a metric name',
    topics({ name: 'a.b' }, { name: 'a_b' }),
    'topics.1.name',
    /same name in metrics/,
  ],
  ['a topic named like an internal one', topics({ name: '__mine' }), 'topics.0.name', /internal topics/],
  ['a topic name with a slash', topics({ name: 'a/b' }), 'topics.0.name', /no such topic name/],
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
    /would never hold/,
  ],
  [
    'an age limit of a topic that is only compacted',
    topics({ cleanupPolicy: 'compact', expectedSize: mebibytes(1) }),
    'topics.0.retentionMs',
    /never deletes by age/,
  ],
  [
    'records larger than a request',
    { ...topics({ settings: { maxMessageBytes: mebibytes(50) } }), 'brokers/socketRequestMax': mebibytes(20) },
    'topics.0.settings.maxMessageBytes',
    /largest request/,
  ],
  ['no partitions', topics({ partitions: 0 }), 'topics.0.partitions', /./],
  ['a topic that nothing bounds', topics({ expectedIngress: undefined }), 'topics.0', /nothing bounds the disk/],
  [
    'retention that cannot fit the disks',
    topics({ expectedIngress: kibibytesPerSecond(10_000), retentionMs: hours(24) }),
    'brokers.storage.size',
    /retention cannot fit the disks: .*3 claims x 10 GiB[\s\S]*3 replicas x \(9\.8 MiB\/s x 1 d/,
  ],
];

describe.each([
  ['quorum', QUORUM],
  ['replication', REPLICATION],
  ['brokers', BROKERS],
  ['names', NAMES],
  ['topics', TOPICS],
])('the configuration refuses, of %s,', (_, rows) => {
  itRefuses(rows);
});
