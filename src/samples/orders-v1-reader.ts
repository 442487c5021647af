import { EventConsumer } from '../client/consumer/event-consumer';
import { decoded } from '../client/serde/decoded';
import { EventSerde } from '../client/serde/event-serde';
import type { OrderCreatedV1 } from '../schemas/events';
import { oneLine } from '../service/one-line';
import type { Sample } from '../service/sample';
import { eventOf } from './event-of';
import { Tally } from './tally';

/** Reads orders as version 1 of their schema has them, while they are written by a newer one: an old reader lives on. */
export const ordersV1Reader: Sample = async ({ bootstrap, registry, metrics, say }) => {
  const serde = await EventSerde.open({ registry, topics: ['orders'], readerVersions: { orders: 1 } });
  const tally = new Tally<'orders read' | 'passed over' | `cents of ${string}`>({ metrics, say });

  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: 'orders-v1-reader',
    topics: ['orders'],
    handle: decoded(serde, (record) => {
      const order: OrderCreatedV1 = eventOf(record);
      tally.count('orders read');
      tally.count(`cents of ${order.currency}`, order.amountMinor);
    }),
    // It only looks: nothing is lost when it passes over what it cannot read.
    onPermanent: ({ record: { partition, offset }, error }) => {
      tally.count('passed over');
      say(`orders-${partition}@${offset} passed over: ${oneLine(error)}`);
      return Promise.resolve();
    },
    metrics,
  });
  return {
    get isReady() {
      return consumer.isMember;
    },
    ended: consumer.ended,
    close: async (deadlineMs) => {
      await consumer.close(deadlineMs);
      tally.say();
    },
  };
};
