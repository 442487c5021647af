import type { KafkaConnection } from '../../protocol/connection';
import { javaClientProperties } from '../kafka-cluster/security/java-client';

/**
 * A properties file of Apicurio for brokers that encrypt and ask who connects; empty for others. What has the prefix goes to Kafka's clients as
 * it is: Apicurio's own switch for SASL means OAuth, and Apicurio does not check the names of brokers unless it is told to.
 * @throws {UserError} if the password cannot be read
 */
export const apicurioSecurity = (connection: KafkaConnection): string =>
  javaClientProperties(connection, 'apicurio.kafka.common.');
