import type { BatchHandler, HandlingContext } from '../consumer/handlers';
import type { EventSchemas, EventTopic } from '../catalogue';
import { decodeRecord, type DecodedRecord } from './decode-record';
import type { EventSerde } from './event-serde';
import type { ReaderVersions } from './reader-versions';

/**
 * Converts a handler of decoded events to a handler of records; see `decoded` for single records. A record that cannot
 * be decoded fails its batch, and the consumer then handles the batch record by record.
 */
export function decodedBatch<S extends EventSchemas, T extends EventTopic<S>, V extends ReaderVersions<S, T>>(
  serde: EventSerde<S, T, V>,
  handle: (records: readonly DecodedRecord<S, T, V>[], context: HandlingContext) => Promise<void> | void,
): BatchHandler<T> {
  return (records, context) => {
    const events: DecodedRecord<S, T, V>[] = [];
    for (const record of records) {
      const event = decodeRecord(serde, record);
      if (event instanceof Promise) return later(event, events);
      events.push(event);
    }
    return handle(events, context);

    /** Decodes in sequence. In parallel, a failure would leave further failures unhandled. */
    async function later(next: Promise<DecodedRecord<S, T, V>>, events: DecodedRecord<S, T, V>[]): Promise<void> {
      events.push(await next);
      for (const record of records.slice(events.length)) events.push(await decodeRecord(serde, record));
      await handle(events, context);
    }
  };
}
