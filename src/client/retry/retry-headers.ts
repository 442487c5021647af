import { headerText, type ConsumedRecord } from '../consumer/record';
import { KIP_1191, RETRY } from './header-names';

/** 0 for a record that has not been retried yet. */
export const roundOf = (record: ConsumedRecord): number => numberIn(record, RETRY.round) ?? 0;

/** 0 for a record that may be handled immediately. */
export const notBefore = (record: ConsumedRecord): number => numberIn(record, RETRY.notBefore) ?? 0;

/** Number of failed handler calls so far, including those at earlier places. */
export const failedCalls = (record: ConsumedRecord): number => numberIn(record, KIP_1191.deliveryCount) ?? 0;

export function waiting(record: ConsumedRecord, delayMs: number, now: number): Record<string, string> {
  return {
    [RETRY.round]: String(roundOf(record) + 1),
    [RETRY.notBefore]: String(Math.ceil(now + delayMs)),
    [RETRY.firstFailure]: String(numberIn(record, RETRY.firstFailure) ?? now),
  };
}

/**
 * The record with its original place, however often it was retried. A handler can therefore recognize a record that it
 * has seen. Without valid headers, the record keeps its current place.
 */
export function asItStood<T extends string>(record: ConsumedRecord, topic: T): ConsumedRecord<T> {
  const partition = numberIn(record, KIP_1191.partition) ?? record.partition;
  const offset = numberIn(record, KIP_1191.offset);
  return { ...record, topic, partition, offset: offset === undefined ? record.offset : BigInt(offset) };
}

/** Undefined if the header is not a whole number; any producer can write headers. */
function numberIn(record: ConsumedRecord, name: string): number | undefined {
  const text = headerText(record, name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
