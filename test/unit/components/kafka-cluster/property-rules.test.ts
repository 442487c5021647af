import {
  CARRIED_BY_TOPICS,
  DERIVED_PROPERTIES,
  OVERRULED_PROPERTIES,
} from '../../../../src/components/kafka-cluster/properties/derived-properties';
import { KAFKA_4_3 } from '../../../../src/kafka-settings/settings-4.3';
import { RELATIONS } from '../../../../src/components/kafka-cluster/properties/property-relations';
import { parseConfig } from '../../../../src/platform/load';
import { brokerProperties } from '../../../../src/components/kafka-cluster/broker-properties';
import { kubernetesLayout } from '../../../../src/components/kafka-cluster/kubernetes-layout';
import { topicConfig } from '../../../../src/components/topics/topic-config';
import { problemsOf, withValue } from '../../../../tools/support/config';
import { itRefuses, type Row } from '../../../support/refusals';

type Value = string | number | bigint | boolean;

const refused = (what: string, properties: Readonly<Record<string, Value>>, says: RegExp): Row => {
  const [name = ''] = Object.keys(properties);
  return [what, { 'brokers/properties': properties }, `brokers.properties.${name}`, says];
};

const NAMES: readonly Row[] = [
  refused('a letter too few', { 'log.cleaner.thread': 2 }, /nearest is log\.cleaner\.threads/),
  refused('a letter too few of what is derived', { 'compresion.type': 'zstd' }, /nearest is compression\.type/),
  refused('swapped letters', { 'mesage.max.byets': 1 }, /nearest is message\.max\.bytes/),
  refused('capitals', { 'Log.Cleaner.Threads': 1 }, /nearest is log\.cleaner\.threads/),
  refused('other separators', { 'log-cleaner_threads': 1 }, /nearest is log\.cleaner\.threads/),
  refused(
    'a name that is like none',
    { 'make.it.fast': true },
    /knows no broker property make\.it\.fast, and would not say so/,
  ),
  refused('a name of JavaScript’s', { constructor: 1 }, /knows no broker property/),
  refused('a name that a properties file cannot hold', { 'a=b': 1, 'authorizer.class.name': 'org.mine.A' }, /knows no/),
  refused(
    'a setting of topics',
    { 'retention.ms': 1 },
    /a setting of topics; what topics inherit is log\.retention\.ms/,
  ),
  refused('a setting of consumers', { 'auto.offset.reset': 'earliest' }, /a setting of consumers/),
  refused('a setting of all clients', { 'bootstrap.servers': 'a:1' }, /a setting of clients/),
  refused('what is set on running brokers alone', { 'leader.replication.throttled.rate': 1 }, /running brokers alone/),
  refused('what went with ZooKeeper', { 'zookeeper.session.timeout.ms': 1 }, /gone since/),
  refused(
    'a mistake beside a class of one’s own',
    { 'log.cleaner.thread': 2, 'authorizer.class.name': 'org.mine.A' },
    /nearest/,
  ),
  refused('what an authorizer reads, without one', { 'super.users': 'User:a' }, /names none/),
  refused(
    'a listener that there is not',
    { 'listener.name.external.ssl.keystore.type': 'PEM' },
    /client, controller, replication/,
  ),
  refused(
    'a mistake below a listener',
    { 'listener.name.client.ssl.keystore.typ': 'PEM' },
    /nearest is ssl\.keystore\.type/,
  ),
  refused(
    'for one listener what is the same for all',
    { 'listener.name.client.log.dirs': '/x' },
    /same for all listeners/,
  ),
];

const OVERRULED: readonly Row[] = [
  refused('hours beside derived milliseconds', { 'log.retention.hours': 24 }, /log\.retention\.ms is derived and wins/),
  refused(
    'minutes beside derived milliseconds',
    { 'log.retention.minutes': 24 },
    /log\.retention\.ms is derived and wins/,
  ),
  refused('what each topic has itself', { 'log.roll.hours': 1 }, /its own segment\.ms/),
  refused('what each topic has itself, in milliseconds', { 'log.roll.ms': 1 }, /its own segment\.ms/),
  refused('the cleanup that each topic has itself', { 'log.cleanup.policy': 'compact' }, /its own cleanup\.policy/),
  refused('the older name of an id', { 'broker.id': 1 }, /derives already/),
  refused('one log directory', { 'log.dir': '/x' }, /derives already/),
  refused('the directory of the metadata log', { 'metadata.log.dir': '/x' }, /is derived and would contradict it/),
  refused('the protocol of a derived listener', { 'security.inter.broker.protocol': 'SSL' }, /derives already/),
  refused('static voters, beside a dynamic quorum', { 'controller.quorum.voters': '0@a:1' }, /derives already/),
  refused('hours beside one’s own milliseconds', { 'log.roll.jitter.hours': 1, 'log.roll.jitter.ms': 1 }, /wins over/),
];

const VALUES: readonly Row[] = [
  refused('a number that JavaScript does not hold', { 'log.flush.interval.messages': 9223372036854775807 }, /exactly/),
  refused('the first that it does not hold', { 'log.flush.interval.messages': 2 ** 53 }, /exactly/),
  refused('a bigint that is too large', { 'log.flush.interval.messages': 2n ** 63n }, /to 9223372036854775807/),
  refused('an int that is too large', { 'log.index.interval.bytes': 2147483648 }, /from 0 to 2147483647/),
  refused('a number below its range', { 'log.cleaner.backoff.ms': -1 }, /from 0 to/),
  refused('a number beyond its range', { 'group.share.delivery.count.limit': 11 }, /from 2 to 10/),
  refused('a number beyond its range but not the one beside it', { 'compression.gzip.level': 0 }, /from 1 to 9, or -1/),
  refused('a fraction for a whole number', { 'log.cleaner.threads': 1.5 }, /a whole number/),
  refused('a word for a number', { 'log.cleaner.threads': 'many' }, /a whole number/),
  refused('a unit', { 'log.cleaner.backoff.ms': '15s' }, /a whole number/),
  refused('nothing for a number', { 'log.cleaner.threads': '' }, /a whole number/),
  refused('a boolean for a number', { 'log.cleaner.threads': true }, /a whole number/),
  refused('a number for a boolean', { 'log.preallocate': 1 }, /true or false/),
  refused('a word for a boolean', { 'log.preallocate': 'yes' }, /true or false/),
  refused('a ratio above 1', { 'log.cleaner.min.cleanable.ratio': 1.5 }, /from 0 to 1/),
  refused('a word that is not allowed', { 'ssl.client.auth': 'maybe' }, /none, requested, required/),
  refused('capitals that matter', { 'log.message.timestamp.type': 'createtime' }, /CreateTime/),
  refused('a list with an element twice', { 'group.consumer.assignors': 'range,range' }, /none twice/),
  refused('a class that is no name', { 'principal.builder.class': 'not a class' }, /Java class/),
  refused('a value for one listener', { 'listener.name.client.max.connections': 'x' }, /a whole number/),
  refused(
    'a value of an authorizer',
    {
      'allow.everyone.if.no.acl.found': 1,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    },
    /true or false/,
  ),
  refused('a reference without a provider', { 'log.cleaner.threads': '${file:/a:b}' }, /a whole number/),
];

const RELATED: readonly Row[] = [
  refused('a wait longer than the lag', { 'replica.fetch.wait.max.ms': 30001 }, /at most 30000/),
  refused('a lag shorter than the wait', { 'replica.lag.time.max.ms': 499 }, /at least 500/),
  refused('a session below its least', { 'group.consumer.session.timeout.ms': 44999 }, /at least 45000/),
  refused(
    'a heartbeat as long as its session',
    { 'group.share.heartbeat.interval.ms': 45000, 'group.share.max.heartbeat.interval.ms': 50000 },
    /less than 45000/,
  ),
  refused('cleaner threads without memory', { 'log.cleaner.threads': 128 }, /less than 128/),
  refused('a cleaner buffer below its threads', { 'log.cleaner.dedupe.buffer.size': 1048576 }, /more than 1048576/),
  refused('no cleaner', { 'log.cleaner.threads': 0 }, /at least 1/),
  refused('idle times below a delay', { 'connections.max.idle.ms': 100 }, /more than 100/),
  refused('heartbeats beyond half a session', { 'broker.heartbeat.interval.ms': 5000 }, /at most 4500/),
  refused('nobody may connect', { 'max.connections.per.ip': 0 }, /at least 1/),
  refused('limits of addresses that are none', { 'max.connections.per.ip.overrides': '10.0.0.1' }, /10\.0\.0\.1:100/),
  refused('a flush that nobody looks for', { 'log.flush.interval.ms': 1000 }, /by default never/),
  refused('a codec that there is not', { 'offsets.topic.compression.codec': 5 }, /zstd/),
  refused('groups without the classic protocol', { 'group.coordinator.rebalance.protocols': 'consumer' }, /classic/),
  refused('listeners that there are not', { 'early.start.listeners': 'client' }, /CLIENT/),
  refused('a level of metrics that there is not', { 'metrics.recording.level': 'ALL' }, /TRACE/),
  refused('segments that take no batch', { 'offsets.topic.segment.bytes': 1000 }, /at least 1048588/),
];

const RELEASE: readonly Row[] = [
  [
    'a level that no release has',
    { 'brokers/metadataVersion': '4.3-IV9' },
    'brokers.metadataVersion',
    /4\.2-IV1, 4\.3-IV0$/,
  ],
  [
    'a level that is not for production',
    { 'brokers/metadataVersion': '4.4-IV0' },
    'brokers.metadataVersion',
    /4\.3-IV0$/,
  ],
  ['a level below the oldest', { 'brokers/metadataVersion': '3.3-IV2' }, 'brokers.metadataVersion', /3\.3-IV3/],
  [
    'a feature that the release does not have',
    { 'brokers/features': { 'transacton.version': 1 } },
    'brokers.features.transacton.version',
    /group\.version/,
  ],
  [
    'a level that the release does not have',
    { 'brokers/features': { 'transaction.version': 3 } },
    'brokers.features.transaction.version',
    /from 0 to 2$/,
  ],
  [
    'the metadata version as one of the features',
    { 'brokers/features': { 'metadata.version': 30 } },
    'brokers.features.metadata.version',
    /kraft\.version/,
  ],
  ['a release whose settings are unknown', { 'brokers/version': '4.9.0' }, 'brokers.version', /a release of 4\.3/],
];

describe.each([
  ['names', NAMES],
  ['what decides the same as a derived property', OVERRULED],
  ['values', VALUES],
  ['relations', RELATED],
  ['releases', RELEASE],
])('broker properties are refused, of %s,', (_, rows) => {
  itRefuses(rows);
});

describe('broker properties are accepted', () => {
  const AUTHORIZER = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

  it.each<[string, Readonly<Record<string, Value>>]>([
    ['with the largest numbers, as text', { 'log.flush.interval.messages': '9223372036854775807' }],
    ['as bigint', { 'log.flush.interval.messages': 9223372036854775807n }],
    ['with a number beside the range', { 'compression.gzip.level': -1 }],
    ['with blanks around, as Kafka cuts them off', { 'log.cleaner.threads': ' 2 ' }],
    ['as numbers for texts', { 'sasl.kerberos.service.name': 7 }],
    ['of one listener', { 'listener.name.client.ssl.keystore.type': 'PEM' }],
    ['of one listener and mechanism', { 'listener.name.client.scram-sha-256.sasl.jaas.config': 'x required;' }],
    ['that a login class of one listener reads', { 'listener.name.client.oauthbearer.tenant': 'a' }],
    ['of the authorizer of Kafka', { 'authorizer.class.name': AUTHORIZER, 'super.users': 'User:a;User:b' }],
    ['of an authorizer of one’s own', { 'authorizer.class.name': 'org.mine.A', 'super.users': 'a', 'mine.url': 'x' }],
    ['of remote storage', { 'rsm.config.bucket': 'a', 'rlmm.config.remote.log.metadata.topic.num.partitions': 5 }],
    ['of remote storage under another prefix', { 'remote.log.storage.manager.impl.prefix': 'my.', 'my.bucket': 'a' }],
    [
      'of a provider, and filled in by it',
      {
        'config.providers': 'file',
        'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
        'log.cleaner.threads': '${file:/a:b}',
      },
    ],
    ['of reporters', { 'metrics.jmx.include': 'kafka.*' }],
    ['in a family of their own', { 'log.flush.scheduler.interval.ms': 500, 'log.flush.interval.ms': 1000 }],
  ])('%s', (_, properties) => {
    expect(problemsOf(withValue('brokers/properties', properties))).toEqual([]);
  });

  it('and rendered digit for digit', () => {
    const properties = { 'log.flush.interval.messages': 9223372036854775807n, 'message.max.bytes': 2_000_000 };
    const config = parseConfig(withValue('brokers/properties', properties));
    const layout = kubernetesLayout(config);
    const [node] = layout.nodes;
    const lines = node === undefined ? [] : brokerProperties(config, layout, node).split('\n');
    expect(lines).toContain('log.flush.interval.messages=9223372036854775807');
    expect(lines).toContain('message.max.bytes=2000000');
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });
});

describe('the additional names', () => {
  it('are Kafka’s', () => {
    const plugins = Object.values(KAFKA_4_3.plugins).flatMap((settings) => Object.keys(settings));
    const known = new Set([...Object.keys(KAFKA_4_3.broker), ...plugins]);
    const used = [
      ...Object.keys(DERIVED_PROPERTIES),
      ...Object.keys(OVERRULED_PROPERTIES),
      ...RELATIONS.flatMap(({ smaller, larger }) => [smaller, larger]),
    ];
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('of settings that every topic carries are written to every topic', () => {
    const [topic] = parseConfig(withValue('topics/0/settings', {})).topics;
    if (topic === undefined) throw new Error('there is one topic');
    expect(Object.keys(topicConfig(topic))).toEqual(expect.arrayContaining(Object.keys(CARRIED_BY_TOPICS)));
  });
});
