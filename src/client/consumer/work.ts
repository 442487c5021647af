import { DEFAULTS, type ConsumerOptions } from './options';
import type { ConsumedRecord } from './record';
import { unitsByCount, unitsByKey, type Unit } from './units';

/** A batch handler for both kinds of work. */
export const batchHandler = <T extends string>(options: ConsumerOptions<T>) => {
  const { handle, handleBatch } = options;
  if (handleBatch !== undefined) return handleBatch;
  return (records: readonly ConsumedRecord<T>[], context: Parameters<typeof handle>[1]) => {
    const [record] = records;
    return record === undefined ? undefined : handle(record, context);
  };
};

/** The records of each handler call. */
export const cut = <T extends string>(
  { handleBatch, batchRecords }: ConsumerOptions<T>,
  records: readonly ConsumedRecord<T>[],
): readonly Unit<T>[] =>
  handleBatch === undefined ? unitsByKey(records) : unitsByCount(records, batchRecords ?? DEFAULTS.batchRecords);
