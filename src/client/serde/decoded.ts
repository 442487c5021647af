import type { HandlingContext, RecordHandler } from '../consumer/handlers';
import type { EventTopic } from '../encoded';
import { decodeRecord, type DecodedRecord } from './decode-record';
import type { EventSerde } from './event-serde';
import type { ReaderVersions } from './reader-versions';

/**
 * A handler of events as one of records. What cannot be decoded fails permanently and never comes to the handler; a record
 * that needs the registry while it is away is tried again. Without a wait once the writer's schema is known.
 */
export function decoded<T extends EventTopic, V extends ReaderVersions<T>>(
  serde: EventSerde<T, V>,
  handle: (record: DecodedRecord<T, V>, context: HandlingContext) => Promise<void> | void,
): RecordHandler<T> {
  return (record, context) => {
    const event = decodeRecord(serde, record);
    return event instanceof Promise ? event.then((each) => handle(each, context)) : handle(event, context);
  };
}
