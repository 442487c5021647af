import type { ConsumedRecord } from '../consumer/record';
import type { HeaderValue } from '../producer/record';

/** The record's headers for a copy of it. Kafkajs cannot write one that has no value: it becomes an empty one. */
export const copiedHeaders = ({ headers }: Pick<ConsumedRecord, 'headers'>): Record<string, HeaderValue> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value instanceof Array ? value.map((each) => each ?? '') : (value ?? ''),
    ]),
  );
