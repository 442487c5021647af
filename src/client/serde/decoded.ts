import type { HandlingContext, RecordHandler } from '../consumer/handlers';
import type { EventSchemas, EventTopic } from '../catalogue';
import { decodeRecord, type DecodedRecord } from './decode-record';
import type { EventSerde } from './event-serde';
import type { ReaderVersions } from './reader-versions';

/**
 * Converts a handler of decoded events to a handler of records. A record that cannot be decoded fails permanently and
 * does not reach the handler. A record that needs the unavailable registry is retried. Decoding is synchronous once the
 * writer's schema is known.
 */
export function decoded<S extends EventSchemas, T extends EventTopic<S>, V extends ReaderVersions<S, T>>(
  serde: EventSerde<S, T, V>,
  handle: (record: DecodedRecord<S, T, V>, context: HandlingContext) => Promise<void> | void,
): RecordHandler<T> {
  return (record, context) => {
    const event = decodeRecord(serde, record);
    return event instanceof Promise ? event.then((each) => handle(each, context)) : handle(event, context);
  };
}
