/** Kafka's own names (KIP-1191), all in text. */
export const KIP_1191 = {
  topic: '__dlq.errors.topic',
  partition: '__dlq.errors.partition',
  offset: '__dlq.errors.offset',
  group: '__dlq.errors.group',
  deliveryCount: '__dlq.errors.delivery.count',
  message: '__dlq.errors.message',
} as const;

/** Spring's names, numbers in binary. */
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

/** What is written on a record that is tried again later, each as text. */
export const RETRY = {
  /** How often it was sent to wait, from 1. */
  round: 'x-retry-attempt',
  /** Handled no earlier, in milliseconds since 1970. */
  notBefore: 'x-retry-not-before',
  /** Milliseconds since 1970. */
  firstFailure: 'x-first-failure-at',
} as const;

const PREFIXES = ['__dlq.errors.', 'kafka_dlt-', 'x-retry-', RETRY.firstFailure] as const;

const FIRST_PLACE: ReadonlySet<string> = new Set([
  ...[KIP_1191.topic, KIP_1191.partition, KIP_1191.offset, KIP_1191.group],
  ...[SPRING.topic, SPRING.partition, SPRING.offset, SPRING.timestamp, SPRING.timestampType, SPRING.group],
]);

/** Whether a header tells of a failure, and is not the record's own. */
export const isOfFailure = (name: string): boolean => PREFIXES.some((prefix) => name.startsWith(prefix));

/** Whether a header tells where a record that failed stood first. */
export const isOfFirstPlace = (name: string): boolean => FIRST_PLACE.has(name);
