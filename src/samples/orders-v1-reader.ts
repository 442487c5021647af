import { PermanentError } from '../client/consumer/errors';
import { EventConsumer } from '../client/consumer/event-consumer';
import { decoded } from '../client/serde/decoded';
import { EventSerde } from '../client/serde/event-serde';
import type { OrderCreatedV1 } from '../schemas/events';
import { oneLine } from '../service/one-line';
import type { Sample } from '../service/sample';
import { eventOf } from './event-of';
import { Tally } from './tally';
import { asMember } from './running';

/** Reads orders as version 1 of their schema has them, while they are written by a newer one: an old reader lives on. */
export const ordersV1Reader: Sample = async ({ bootstrap, registry, metrics, say }) => {
  const serde = await EventSerde.open({ registry, topics: ['orders'], readerVersions: { orders: 1 } });
  const tally = new Tally<'orders read' | 'passed over' | `cents of ${string}`>({ metrics, say });

  const read = decoded(serde, (record) => {
    const { amountMinor, currency }: OrderCreatedV1 = eventOf(record);
    tally.count('orders read');
    tally.count(`cents of ${currency}`, amountMinor);
  });

  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: 'orders-v1-reader',
    topics: ['orders'],
    handle: async (record, context) => {
      try {
        await read(record, context);
      } catch (error) {
        // It only looks: nothing is lost when it passes over what it cannot read.
        if (!(error instanceof PermanentError)) throw error;
        tally.count('passed over');
        say(`orders-${record.partition}@${record.offset} passed over: ${oneLine(error)}`);
      }
    },
    metrics,
  });
  return asMember(consumer, () => tally.say());
};
