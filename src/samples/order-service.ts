import type { Delivery } from '../client/producer/delivery';
import { EventProducer } from '../client/producer/event-producer';
import { eventKind } from '../client/serde/event-kind';
import { EventSerde } from '../client/serde/event-serde';
import { oneLine } from '../service/one-line';
import type { Generator } from '../service/sample';
import { newOrder } from './new-order';
import { Outcomes } from './outcomes';
import { pace } from './pace';
import { Tally } from './tally';

/** Places orders: typed events, in order for each customer, and the outcome of each of them is looked at. */
export const orderService: Generator = async ({ bootstrap, registry, metrics, instance, eventsPerSecond, say }) => {
  const serde = await EventSerde.open({ registry, topics: ['orders'] });
  const producer = new EventProducer({ bootstrap, metrics });
  const tally = new Tally<Delivery['outcome']>({ metrics, say });
  const outcomes = new Outcomes({ producer, tally });
  const prefix = `${instance}-${Date.now().toString(36)}`;
  const stopped = new AbortController();

  async function place(number: number): Promise<void> {
    const order = newOrder({ number, prefix, createdAt: Date.now() });
    const delivery = await producer.send('orders', {
      key: order.customerId,
      value: serde.encode('orders', order),
      event: { ...eventKind('orders'), source: 'order-service' },
    });
    outcomes.add(delivery);
    // One that failed may be sent again. One that is unknown may be in the log, and would be there twice.
    if (delivery.outcome !== 'delivered') say(`${order.orderId} ${delivery.outcome}: ${oneLine(delivery.cause)}`);
  }

  const ended = pace({
    perSecond: eventsPerSecond,
    signal: stopped.signal,
    room: () => producer.room(),
    emit: (number) => void place(number),
  });
  return {
    get isReady() {
      return outcomes.areWell;
    },
    ended,
    close: async (deadlineMs) => {
      stopped.abort();
      await producer.close(deadlineMs);
      tally.say();
    },
  };
};
