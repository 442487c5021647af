import { clients } from '../clients';
import type { Application } from './process/application';
import { retryChains } from '../topics';
import { decodeAll } from './decode-all';
import { paid } from './paid';
import { asMember } from './running';
import { traceOf } from './trace';

const chain = retryChains.payment;

/**
 * Turns each order into a payment, a paid order and revenue, exactly once. All three records are written in one
 * transaction with the committed offset: `read_committed` consumers see all of them or none.
 */
export const payment: Application = async ({ connection, registry, rackId, metrics, say }) => {
  const serde = await clients.openSerde({
    registry,
    topics: [chain.topic, 'payments', 'orders-paid', 'revenue'],
  });

  const transform = await clients.startTransform({
    connection,
    rackId,
    groupId: chain.group,
    topic: chain.topic,
    transform: async (records) => {
      const orders = await decodeAll(serde, records);
      return orders.flatMap((order, index) => paid(serde, order, traceOf(records[index])));
    },
    // No state is needed, because all values follow from the order.
    restore: () => Promise.resolve(undefined),
    deadLetterTopic: chain.deadLetterTopic,
    metrics,
    onNotice: ({ message }) => say(message),
  });
  return asMember(transform);
};
