import type { KafkaConnection } from '../../../protocol/connection';
import { fileOf, readPassword } from '../../../protocol/text-source';
import { propertyLine } from '../property-line';

const LOGIN_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule';

/**
 * A properties file with which Kafka's own clients and tools connect; empty for brokers that ask for nothing. It may have a password.
 * @param prefix in front of each name @default none
 * @throws {UserError} if the password cannot be read
 */
export const javaClientProperties = (connection: Pick<KafkaConnection, 'tls' | 'sasl'>, prefix = ''): string =>
  Object.entries(settingsOf(connection))
    .map(([name, value]) => `${propertyLine(`${prefix}${name}`, value)}\n`)
    .join('');

function settingsOf({ tls, sasl }: Pick<KafkaConnection, 'tls' | 'sasl'>): Readonly<Record<string, string>> {
  if (tls === undefined) return {};
  return {
    'security.protocol': sasl === undefined ? 'SSL' : 'SASL_SSL',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': fileOf(tls.ca),
    'ssl.endpoint.identification.algorithm': 'https',
    ...(tls.certificate && { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': fileOf(tls.certificate) }),
    ...(sasl && {
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config': jaasConfig(sasl.username, readPassword(sasl.password, sasl.username)),
    }),
  };
}

const jaasConfig = (username: string, password: string): string =>
  `${LOGIN_MODULE} required username="${quoted(username)}" password="${quoted(password)}";`;

/** Within the quotes of a JAAS configuration. */
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
