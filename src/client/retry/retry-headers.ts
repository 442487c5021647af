import type { TopicName } from '../../topics/catalogue';
import type { ConsumedRecord } from '../consumer/record';

/** What is written on a record that is tried again later, each as text. */
export const RETRY_HEADERS = {
  /** How often it was sent to wait, from 1. */
  round: 'x-retry-attempt',
  /** Handled no earlier, in milliseconds since 1970. */
  notBefore: 'x-retry-not-before',
  /** Milliseconds since 1970. */
  firstFailure: 'x-first-failure-at',
} as const;

/** 0 for a record that has not waited yet. */
export const roundOf = (record: ConsumedRecord): number => numberIn(record, RETRY_HEADERS.round) ?? 0;

/** 0 for one that may be handled at once. */
export const notBefore = (record: ConsumedRecord): number => numberIn(record, RETRY_HEADERS.notBefore) ?? 0;

/** Calls of the handler that failed by now, where it stood before included. */
export const failedCalls = (record: ConsumedRecord): number => numberIn(record, '__dlq.errors.delivery.count') ?? 0;

export function waiting(record: ConsumedRecord, delayMs: number, now: number): Record<string, string> {
  return {
    [RETRY_HEADERS.round]: String(roundOf(record) + 1),
    [RETRY_HEADERS.notBefore]: String(Math.ceil(now + delayMs)),
    [RETRY_HEADERS.firstFailure]: String(numberIn(record, RETRY_HEADERS.firstFailure) ?? now),
  };
}

/**
 * The record as it stood in its topic, however often it has waited: the same place, by which a handler can tell that it has
 * seen it. One whose headers do not tell keeps the place where it stands.
 */
export function asItStood<T extends TopicName>(record: ConsumedRecord, topic: T): ConsumedRecord<T> {
  const partition = numberIn(record, '__dlq.errors.partition') ?? record.partition;
  const offset = numberIn(record, '__dlq.errors.offset');
  return { ...record, topic, partition, offset: offset === undefined ? record.offset : BigInt(offset) };
}

/** Nothing when it is no whole number: headers are written by anybody. */
function numberIn({ headers }: ConsumedRecord, name: string): number | undefined {
  const text = [headers[name] ?? ''].flat().at(-1)?.toString() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
