import type { TopicName } from '../../topics/catalogue';
import type { ConsumedRecord } from '../consumer/record';
import { KIP_1191, RETRY } from './header-names';

/** 0 for a record that has not waited yet. */
export const roundOf = (record: ConsumedRecord): number => numberIn(record, RETRY.round) ?? 0;

/** 0 for one that may be handled at once. */
export const notBefore = (record: ConsumedRecord): number => numberIn(record, RETRY.notBefore) ?? 0;

/** Calls of the handler that failed by now, where it stood before included. */
export const failedCalls = (record: ConsumedRecord): number => numberIn(record, KIP_1191.deliveryCount) ?? 0;

export function waiting(record: ConsumedRecord, delayMs: number, now: number): Record<string, string> {
  return {
    [RETRY.round]: String(roundOf(record) + 1),
    [RETRY.notBefore]: String(Math.ceil(now + delayMs)),
    [RETRY.firstFailure]: String(numberIn(record, RETRY.firstFailure) ?? now),
  };
}

/**
 * The record as it stood in its topic, however often it has waited: the same place, by which a handler can tell that it has
 * seen it. One whose headers do not tell keeps the place where it stands.
 */
export function asItStood<T extends TopicName>(record: ConsumedRecord, topic: T): ConsumedRecord<T> {
  const partition = numberIn(record, KIP_1191.partition) ?? record.partition;
  const offset = numberIn(record, KIP_1191.offset);
  return { ...record, topic, partition, offset: offset === undefined ? record.offset : BigInt(offset) };
}

/** Nothing when it is no whole number: headers are written by anybody. */
function numberIn({ headers }: ConsumedRecord, name: string): number | undefined {
  const text = [headers[name] ?? ''].flat().at(-1)?.toString() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
