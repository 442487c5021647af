import { randomBytes } from 'node:crypto';
import { headerText, type ConsumedRecord, type EventHeaders } from 'kafka-platform/client';

/** The trace context in the headers of an event. */
export type Trace = Pick<EventHeaders, 'traceparent'>;

/** A new, sampled trace for an event without a cause. */
export const newTrace = (): Trace => ({
  traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
});

/** The trace context for results of a record: the trace of the record, or a new one. */
export function traceOf(record: Pick<ConsumedRecord, 'headers'> | undefined): Trace {
  const traceparent = record && headerText(record, 'traceparent');
  return traceparent === undefined ? {} : { traceparent };
}
