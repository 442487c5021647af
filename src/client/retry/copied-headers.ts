import type { ConsumedRecord } from '../consumer/record';
import type { HeaderValue } from '../producer/record';

/** The headers for a copy of a record. kafkajs cannot write a header without a value; it becomes an empty one. */
export const copiedHeaders = ({ headers }: Pick<ConsumedRecord, 'headers'>): Record<string, HeaderValue> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value instanceof Array ? value.map((each) => each ?? '') : (value ?? ''),
    ]),
  );
