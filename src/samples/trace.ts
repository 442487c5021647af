import { randomBytes } from 'node:crypto';
import type { ConsumedRecord } from '../client/consumer/record';

const NAME = 'traceparent';

/** The part of an event's headers that says whose cause it is, in W3C's trace context. */
export interface Trace {
  readonly traceparent?: string;
}

/** Of what nothing else has caused; sampled. */
export const newTrace = (): Trace => ({
  traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
});

/** For what comes of the record: it goes on with the record's trace, where that has one. */
export function traceOf(record: Pick<ConsumedRecord, 'headers'> | undefined): Trace {
  const value = [record?.headers[NAME]].flat().at(-1);
  return value === undefined || value === null ? {} : { [NAME]: value.toString() };
}
