import type { BatchHandler, HandlingContext } from '../consumer/handlers';
import type { EventTopic } from '../encoded';
import { decodeRecord, type DecodedRecord } from './decode-record';
import type { EventSerde } from './event-serde';
import type { ReaderVersions } from './reader-versions';

/**
 * A handler of several events as one of records, as `decoded` is for one. A record that cannot be decoded fails its batch,
 * which the consumer then handles record by record.
 */
export function decodedBatch<T extends EventTopic, V extends ReaderVersions<T>>(
  serde: EventSerde<T, V>,
  handle: (records: readonly DecodedRecord<T, V>[], context: HandlingContext) => Promise<void> | void,
): BatchHandler<T> {
  return (records, context) => {
    const events: DecodedRecord<T, V>[] = [];
    for (const record of records) {
      const event = decodeRecord(serde, record);
      if (event instanceof Promise) return later(event, events);
      events.push(event);
    }
    return handle(events, context);

    /** One after another: of several at once, the first that fails would leave the others to fail unseen. */
    async function later(next: Promise<DecodedRecord<T, V>>, events: DecodedRecord<T, V>[]): Promise<void> {
      events.push(await next);
      for (const record of records.slice(events.length)) events.push(await decodeRecord(serde, record));
      await handle(events, context);
    }
  };
}
