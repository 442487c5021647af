/** Kafka's names (KIP-1191); all values are text. */
export const KIP_1191 = {
  topic: '__dlq.errors.topic',
  partition: '__dlq.errors.partition',
  offset: '__dlq.errors.offset',
  group: '__dlq.errors.group',
  deliveryCount: '__dlq.errors.delivery.count',
  message: '__dlq.errors.message',
} as const;

/** Spring's names; numbers are binary. */
export const SPRING = {
  topic: 'kafka_dlt-original-topic',
  partition: 'kafka_dlt-original-partition',
  offset: 'kafka_dlt-original-offset',
  timestamp: 'kafka_dlt-original-timestamp',
  timestampType: 'kafka_dlt-original-timestamp-type',
  group: 'kafka_dlt-original-consumer-group',
  errorClass: 'kafka_dlt-exception-fqcn',
  causeClass: 'kafka_dlt-exception-cause-fqcn',
  message: 'kafka_dlt-exception-message',
  stack: 'kafka_dlt-exception-stacktrace',
} as const;

/** Headers of a record that will be retried later; all values are text. */
export const RETRY = {
  /** Number of times that the record was sent to a retry topic, from 1. */
  round: 'x-retry-attempt',
  /** The earliest time for handling the record, in milliseconds since 1970. */
  notBefore: 'x-retry-not-before',
  /** Time of the first failure, in milliseconds since 1970. */
  firstFailure: 'x-first-failure-at',
} as const;

const PREFIXES = ['__dlq.errors.', 'kafka_dlt-', 'x-retry-', RETRY.firstFailure] as const;

const FIRST_PLACE: ReadonlySet<string> = new Set([
  ...[KIP_1191.topic, KIP_1191.partition, KIP_1191.offset, KIP_1191.group],
  ...[SPRING.topic, SPRING.partition, SPRING.offset, SPRING.timestamp, SPRING.timestampType, SPRING.group],
]);

/** Whether a header describes a failure and is not one of the record's own headers. */
export const isOfFailure = (name: string): boolean => PREFIXES.some((prefix) => name.startsWith(prefix));

/** Whether a header names the original place of a failed record. */
export const isOfFirstPlace = (name: string): boolean => FIRST_PLACE.has(name);
