import type { FailureRun } from './failure-run';
import type { WorkItem } from './partition-worker';
import type { ConsumedRecord } from './record';

/** The records of one handler call. */
export interface Unit<T extends string> extends WorkItem {
  readonly records: readonly ConsumedRecord<T>[];
  /** Index of the first record in the fetched batch. */
  readonly first: number;
  /** Number of failed attempts. */
  attempts: number;
  /** Set when the record has failed permanently. Only the call of the sink remains. */
  poison?: { readonly error: unknown; readonly attempts: number };
  /** Failures of the sink for this record. */
  sinkFailures?: FailureRun;
}

const WHOLE_PARTITION = '';

/** One unit for each record, in the sequence of its key. */
export const unitsByKey = <T extends string>(records: readonly ConsumedRecord<T>[]): readonly Unit<T>[] =>
  records.map((record, first) => ({
    // Keys are compared as bytes: keys that are not valid UTF-8 must not share a sequence by accident.
    sequence: record.key?.toString('latin1'),
    bytes: sizeOf(record),
    records: [record],
    first,
    attempts: 0,
  }));

/** Units of `count` consecutive records, in one sequence. */
export function unitsByCount<T extends string>(
  records: readonly ConsumedRecord<T>[],
  count: number,
): readonly Unit<T>[] {
  const units: Unit<T>[] = [];
  for (let first = 0; first < records.length; first += count) {
    const some = records.slice(first, first + count);
    const bytes = some.reduce((sum, record) => sum + sizeOf(record), 0);
    units.push({ sequence: WHOLE_PARTITION, bytes, records: some, first, attempts: 0 });
  }
  return units;
}

/** Splits a unit into one unit for each record, in the same sequence. */
export const singly = <T extends string>(unit: Unit<T>): readonly Unit<T>[] =>
  unit.records.map((record, index) => ({
    sequence: unit.sequence,
    bytes: sizeOf(record),
    records: [record],
    first: unit.first + index,
    attempts: 0,
  }));

const sizeOf = ({ key, value }: ConsumedRecord): number => (key?.length ?? 0) + (value?.length ?? 0);
