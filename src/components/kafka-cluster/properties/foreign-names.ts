import type { KafkaRelease } from '../../../kafka-settings/release';

/** Broker properties from before Kafka 4, with the fix; Kafka no longer reads them. */
const GONE: Readonly<Record<string, string>> = {
  'advertised.host.name': 'use brokers.listeners',
  'advertised.port': 'use brokers.listeners',
  'auto.include.jmx.reporter': 'remove it',
  'broker.id.generation.enable': 'remove it: ids follow brokers.nodePools',
  'control.plane.listener.name': 'remove it',
  'controlled.shutdown.max.retries': 'use brokers.shutdownMs',
  'controlled.shutdown.retry.backoff.ms': 'use brokers.shutdownMs',
  'delegation.token.master.key': 'use delegation.token.secret.key',
  'group.coordinator.new.enable': 'remove it',
  'host.name': 'use brokers.listeners',
  'inter.broker.protocol.version': 'use brokers.metadataVersion',
  'leader.imbalance.per.broker.percentage': 'remove it',
  'log.message.downconversion.enable': 'remove it',
  'log.message.format.version': 'remove it',
  'log.message.timestamp.difference.max.ms':
    'use log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms',
  'offsets.commit.required.acks': 'remove it',
  port: 'use brokers.listeners',
  'reserved.broker.max.id': 'remove it: ids follow brokers.nodePools',
};
const GONE_PREFIXES = ['zookeeper.', 'password.encoder.'];

/** The origin of a name that is not a broker property, and the fix. */
export interface ForeignName {
  readonly what: string;
  readonly fix: string;
}

/** The origin of a name that is not a broker property; undefined for an unknown name. */
export function foreignName(name: string, release: KafkaRelease): ForeignName | undefined {
  const isGone = Object.hasOwn(GONE, name) || GONE_PREFIXES.some((prefix) => name.startsWith(prefix));
  if (isGone) return { what: 'gone since Kafka 4.0', fix: GONE[name] ?? 'remove it' };
  if (release.dynamicOnly.includes(name)) {
    return { what: 'set on running brokers alone (kafka-configs.sh): nothing reads it from a file', fix: 'remove it' };
  }
  return topicSetting(name, release) ?? clientSetting(name, release);
}

function topicSetting(name: string, { topic, broker }: KafkaRelease): ForeignName | undefined {
  const definition = Object.hasOwn(topic, name) ? topic[name] : undefined;
  if (definition === undefined) return undefined;
  const inherited = definition.inherits?.find((one) => Object.hasOwn(broker, one.name));
  const ofBrokers = inherited === undefined ? '' : `; what topics inherit is ${inherited.name}`;
  return { what: `a setting of topics${ofBrokers}`, fix: 'set it for topics (topics.<n>), or remove it' };
}

function clientSetting(name: string, { clients }: KafkaRelease): ForeignName | undefined {
  const whose = Object.entries(clients).filter(([, names]) => names.includes(name));
  if (whose.length === 0) return undefined;
  const kinds = whose.length > 1 ? 'clients' : whose.map(([kind]) => kind).join('');
  return { what: `a setting of ${kinds}`, fix: 'set it where the client is made, and remove it here' };
}
