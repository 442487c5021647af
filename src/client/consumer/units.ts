import type { TopicName } from '../../topics/catalogue';
import type { LaneItem } from './lanes';
import type { ConsumedRecord } from './record';

/** The records of one handler call. */
export interface Unit<T extends TopicName> extends LaneItem {
  readonly records: readonly ConsumedRecord<T>[];
  /** Index of the first record in the fetched batch. */
  readonly first: number;
  /** Failed ones. */
  attempts: number;
  /** Set once the record is given up: what is left to do is to hand it to the sink. */
  poison?: { readonly error: unknown; readonly attempts: number };
}

const PARTITION_LANE = '';

/** One record a unit, in its key's lane. */
export const unitsByKey = <T extends TopicName>(records: readonly ConsumedRecord<T>[]): readonly Unit<T>[] =>
  records.map((record, first) => ({
    // Bytes as they are: keys that are no UTF-8 must not share a lane by accident, nor lose one.
    lane: record.key?.toString('latin1'),
    bytes: sizeOf(record),
    records: [record],
    first,
    attempts: 0,
  }));

/** Consecutive records, `count` a unit, one after another. */
export function unitsByCount<T extends TopicName>(
  records: readonly ConsumedRecord<T>[],
  count: number,
): readonly Unit<T>[] {
  const units: Unit<T>[] = [];
  for (let first = 0; first < records.length; first += count) {
    const some = records.slice(first, first + count);
    const bytes = some.reduce((sum, record) => sum + sizeOf(record), 0);
    units.push({ lane: PARTITION_LANE, bytes, records: some, first, attempts: 0 });
  }
  return units;
}

/** The same records one by one, in the same lane. */
export const singly = <T extends TopicName>(unit: Unit<T>): readonly Unit<T>[] =>
  unit.records.map((record, index) => ({
    lane: unit.lane,
    bytes: sizeOf(record),
    records: [record],
    first: unit.first + index,
    attempts: 0,
  }));

const sizeOf = ({ key, value }: ConsumedRecord): number => (key?.length ?? 0) + (value?.length ?? 0);
