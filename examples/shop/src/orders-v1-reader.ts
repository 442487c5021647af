import { decoded, PermanentError } from 'kafka-platform/client';
import { clients } from '../clients';
import type { OrderCreatedV1 } from '../schemas/events';
import { oneLine } from './process/one-line';
import type { Application } from './process/application';
import { eventOf } from './event-of';
import { Tally } from './tally';
import { asMember } from './running';

/**
 * Reads orders with version 1 of their schema while they are written with a newer version, to show that old readers
 * keep working.
 */
export const ordersV1Reader: Application = async ({ connection, registry, rackId, metrics, say }) => {
  const serde = await clients.openSerde({
    registry,
    topics: ['orders'],
    readerVersions: { orders: 1 },
  });
  const tally = new Tally<'orders read' | 'passed over' | `cents of ${string}`>({ metrics, say });

  const read = decoded(serde, (record) => {
    const { amountMinor, currency }: OrderCreatedV1 = eventOf(record);
    tally.count('orders read');
    tally.count(`cents of ${currency}`, amountMinor);
  });

  const consumer = await clients.startConsumer({
    connection,
    rackId,
    groupId: 'orders-v1-reader',
    topics: ['orders'],
    handle: async (record, context) => {
      try {
        await read(record, context);
      } catch (error) {
        // This reader has no side effects, so it may skip records that it cannot read.
        if (!(error instanceof PermanentError)) throw error;
        tally.count('passed over');
        say(`orders-${record.partition}@${record.offset} passed over: ${oneLine(error)}`);
      }
    },
    metrics,
    onNotice: ({ message }) => say(message),
  });
  return asMember(consumer, () => tally.say());
};
