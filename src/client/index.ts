/** The clients for applications. `createClients` takes a catalogue of a project's topics and schemas. */
export {
  avro,
  type Catalogue,
  type EventOf,
  type EventTopicOf,
  type SchemaOf,
  type SchemasOf,
  type TopicOf,
} from './catalogue';
export { createClients, type Clients } from './clients';
export type { ConnectionSasl, ConnectionTls, KafkaConnection, TextSource } from '../protocol/connection';
export { securityFromEnvironment } from './security-from-environment';
export { SECURITY_VARIABLES } from './security-variables';
export { parseServerAddress, type ServerAddress } from '../protocol/server-address';
export { ConsumerEnded } from './consumer/consumer-ended';
export {
  FatalError,
  KafkaClientError,
  OutageError,
  PermanentError,
  RetriableError,
  UnclassifiedError,
  type ErrorCode,
} from './errors';
export type { Closed, EventConsumer } from './consumer/event-consumer';
export type {
  BatchHandler,
  HandlingContext,
  PermanentFailure,
  PermanentSink,
  RecordHandler,
} from './consumer/handlers';
export { headerText, type ConsumedRecord } from './consumer/record';
export type { ExactlyOnceTransform } from './exactly-once/exactly-once-transform';
export { ClientMetrics } from './metrics/client-metrics';
export type { ClientNotice } from './notices';
export type { Delivery } from './producer/delivery';
export type { EventProducer, Undelivered } from './producer/event-producer';
export type { EventHeaders, OutgoingRecord } from './producer/record';
export { KIP_1191 } from './retry/header-names';
export { defineRetryChain, retryGroup, retryTopic, type RetryChain, type RetryDelay } from './retry/retry-chain';
export type { RetryingConsumer } from './retry/retrying-consumer';
export { decoded } from './serde/decoded';
export { decodedBatch } from './serde/decoded-batch';
export type { EventSerde } from './serde/event-serde';
export type { TransactionOutcome } from './transactions/transaction-outcome';
export type { TransactionRecord } from './transactions/transaction-record';
export type { TransactionalWriter } from './transactions/transactional-writer';
