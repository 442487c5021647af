import { gibibytes, mebibytes } from '../../../src/validation/units';
import { itRefuses, type Row } from '../../support/refusals';

const listeners = (client: number, controller: number, replication: number) => ({
  'brokers/listeners': [
    { name: 'client', port: client },
    { name: 'controller', port: controller },
    { name: 'replication', port: replication },
  ],
});

const QUORUM: readonly Row[] = [
  [
    'a cluster id of 21 characters',
    { 'brokers/clusterId': 'q1Sh-9_ISia_zwGINzRvy' },
    'brokers.clusterId',
    /22 characters/,
  ],
  [
    'a cluster id that is no base64url',
    { 'brokers/clusterId': 'q1Sh+9/ISia=zwGINzRvyQ' },
    'brokers.clusterId',
    /base64url/,
  ],
  [
    'a cluster id that encodes more than 16 bytes',
    { 'brokers/clusterId': 'q1Sh-9_ISia_zwGINzRvyR' },
    'brokers.clusterId',
    /16 bytes/,
  ],
  [
    'a cluster id that begins with a dash',
    { 'brokers/clusterId': '-1Sh-9_ISia_zwGINzRvyQ' },
    'brokers.clusterId',
    /leading dash/,
  ],
  [
    'the cluster id of the documentation',
    { 'brokers/clusterId': 'MkU3OEVBNTcwNTJENDM2Qg' },
    'brokers.clusterId',
    /sample/,
  ],
  [
    'the cluster id of the official image',
    { 'brokers/clusterId': '5L6g3nShT-eMCtK--X86sw' },
    'brokers.clusterId',
    /sample/,
  ],
  ['a missing cluster id', { 'brokers/clusterId': undefined }, 'brokers.clusterId', /./],
  [
    'an even number of voters',
    { 'brokers/nodePools/0/replicas': 4 },
    'brokers.nodePools.0.replicas',
    /4 voters survive no more failures/,
  ],
  ['no node pool', { 'brokers/nodePools': [] }, 'brokers.nodePools', /a cluster has nodes/],
];

const controllers = { name: 'controller', roles: ['controller'], firstId: 100 };
const brokers = { roles: ['broker'], memory: gibibytes(2) };

const POOLS: readonly Row[] = [
  [
    'two pools with one name',
    { 'brokers/nodePools': [brokers, { ...controllers, name: 'broker' }] },
    'brokers.nodePools.1.name',
    /a name of its own/,
  ],
  [
    'a pool with the name of another component',
    { 'brokers/nodePools': [brokers, { ...controllers, name: 'prometheus' }] },
    'brokers.nodePools.1.name',
    /kafka-prometheus is that of Prometheus/,
  ],
  [
    'pools whose ids overlap',
    { 'brokers/nodePools': [brokers, { ...controllers, firstId: 2 }] },
    'brokers.nodePools.1.firstId',
    /2 to 4 of this pool overlap with 0 to 2 of the pool broker/,
  ],
  ['a pool without a role', { 'brokers/nodePools/0/roles': [] }, 'brokers.nodePools.0.roles', /do nothing/],
  [
    'a role that is named twice',
    { 'brokers/nodePools/0/roles': ['broker', 'controller', 'broker'] },
    'brokers.nodePools.0.roles',
    /each once/,
  ],
  [
    'a volume for the metadata log of brokers that are no controllers',
    { 'brokers/nodePools': [{ ...brokers, metadataStorage: {} }, controllers] },
    'brokers.nodePools.0.metadataStorage',
    /copy without a vote.*not set, except for pools with both roles/,
  ],
  [
    'a second volume for the metadata log of controllers that are no brokers',
    { 'brokers/nodePools': [brokers, { ...controllers, metadataStorage: {} }] },
    'brokers.nodePools.1.metadataStorage',
    /nothing but the metadata log.*not set, except for pools with both roles/,
  ],
  ['no controllers', { 'brokers/nodePools': [brokers] }, 'brokers.nodePools', /no metadata quorum/],
  ['no brokers', { 'brokers/nodePools': [controllers] }, 'brokers.nodePools', /nothing to store topics/],
  [
    'an even number of voters over all pools',
    { 'brokers/nodePools': [{ memory: gibibytes(2) }, controllers] },
    'brokers.nodePools.0.replicas',
    /6 voters survive no more failures/,
  ],
  [
    'replicas for more nodes than there are brokers',
    { 'brokers/nodePools': [{ ...brokers, replicas: 2 }, controllers] },
    'brokers.replicationFactor',
    /3 brokers and there are 2/,
  ],
];

const ZONES: readonly Row[] = [
  [
    'brokers without a zone beside brokers with one',
    { 'brokers/nodePools': [{ zone: 'a' }, { name: 'more', firstId: 10 }] },
    'brokers.nodePools.1.zone',
    /a rack of its own/,
  ],
  ['a zone that no label can name', { 'brokers/nodePools/0/zone': 'a b' }, 'brokers.nodePools.0.zone', /eu-central-1a/],
  ['an empty zone', { 'brokers/nodePools/0/zone': '' }, 'brokers.nodePools.0.zone', /a zone has a name/],
  [
    'a zone that the node selector names, too',
    {
      'brokers/nodePools/0/zone': 'a',
      'brokers/nodePools/0/scheduling': { nodeSelector: { 'topology.kubernetes.io/zone': 'b' } },
    },
    'brokers.nodePools.0.scheduling.nodeSelector.topology.kubernetes.io/zone',
    /a second time/,
  ],
  [
    'a spread over zones within a zone',
    { 'brokers/nodePools/0/zone': 'a', 'brokers/nodePools/0/scheduling': { zoneSpread: 'DoNotSchedule' } },
    'brokers.nodePools.0.scheduling.zoneSpread',
    /nothing to spread over/,
  ],
  ['a rack beside the zones', { 'brokers/properties/broker.rack': 'a' }, 'brokers.properties.broker.rack', /derived/],
];

const BROKERS: readonly Row[] = [
  [
    'a heap that does not fit the memory',
    { 'brokers/nodePools/0/heap': gibibytes(1) },
    'brokers.nodePools.0.memory',
    /killed for memory/,
  ],
  ['one port for two listeners', listeners(9093, 9093, 9094), 'brokers.listeners.1.port', /already taken/],
  ['a privileged port', listeners(80, 9093, 9094), 'brokers.listeners.0.port', /./],
  [
    'a listener that is not there',
    { 'brokers/listeners': [{ name: 'client', port: 9092 }] },
    'brokers.listeners',
    /there is no listener controller/,
  ],
  [
    'a listener with TLS, which there is not yet',
    { 'brokers/listeners': [{ name: 'client', port: 9092, tls: true }] },
    'brokers.listeners.0.tls',
    /./,
  ],
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
  ['local ports beyond the last', { 'local/basePort': 65_530 }, 'local.basePort', /up to 65546/],
  [
    'a claim below 1 GiB',
    { 'brokers/nodePools/0/storage/size': mebibytes(100) },
    'brokers.nodePools.0.storage.size',
    /./,
  ],
  ['no brokers', { 'brokers/nodePools/0/replicas': 0 }, 'brokers.nodePools.0.replicas', /./],
  ['threads in fractions', { 'brokers/ioThreads': 1.5 }, 'brokers.ioThreads', /./],
];

describe.each([
  ['quorum', QUORUM],
  ['node pools', POOLS],
  ['zones', ZONES],
  ['brokers', BROKERS],
])('the configuration refuses, of %s,', (_, rows) => {
  itRefuses(rows);
});
