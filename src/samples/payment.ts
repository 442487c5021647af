import { ExactlyOnceTransform } from '../client/exactly-once/exactly-once-transform';
import { EventSerde } from '../client/serde/event-serde';
import type { Sample } from '../service/sample';
import { retryChains } from '../topics/catalogue';
import { decodeAll } from './decode-all';
import { paid } from './paid';
import { asMember } from './running';
import { traceOf } from './trace';

const chain = retryChains.payment;

/**
 * Turns each order into a payment, a paid order and revenue, exactly once: all three are written in one transaction with
 * the place up to which orders are paid. Readers of committed records see all of it or none.
 */
export const payment: Sample = async ({ bootstrap, registry, metrics }) => {
  const serde = await EventSerde.open({ registry, topics: [chain.topic, 'payments', 'orders-paid', 'revenue'] });

  const transform = await ExactlyOnceTransform.start({
    bootstrap,
    groupId: chain.group,
    topic: chain.topic,
    transform: async (records) => {
      const orders = await decodeAll(serde, records);
      return orders.flatMap((order, index) => paid(serde, order, traceOf(records[index])));
    },
    // An order says all that there is to know of it.
    restore: () => Promise.resolve(undefined),
    deadLetterTopic: chain.deadLetterTopic,
    metrics,
  });
  return asMember(transform);
};
