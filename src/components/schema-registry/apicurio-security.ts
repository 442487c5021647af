import type { KafkaConnection } from '../../protocol/connection';
import { fileOf, readPassword } from '../../protocol/text-source';

const PREFIX = 'apicurio.kafka.common.';

const LOGIN_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule';

/**
 * A properties file of Apicurio for brokers that encrypt and ask who connects; empty for others. What has the prefix goes to Kafka's clients as
 * it is: Apicurio's own switch for SASL means OAuth, and Apicurio does not check the names of brokers unless it is told to.
 * @throws {UserError} if the password cannot be read
 */
export function apicurioSecurity({ tls, sasl }: KafkaConnection): string {
  if (tls === undefined || sasl === undefined) return '';
  const { username, password } = sasl;
  const login = `username="${username}" password="${escaped(readPassword(password, username))}"`;
  const properties = {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'SCRAM-SHA-512',
    'sasl.jaas.config': `${LOGIN_MODULE} required ${login};`,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': fileOf(tls.ca),
    'ssl.endpoint.identification.algorithm': 'https',
  };
  return Object.entries(properties)
    .map(([name, value]) => `${PREFIX}${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}

/** Within the quotes of a JAAS configuration. */
const escaped = (password: string): string => password.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
