import { decodedBatch } from 'kafka-platform/client';
import { clients } from '../clients';
import { retryChains } from '../topics';
import type { Application } from './process/application';
import { eventOf } from './event-of';
import { RecentIds } from './recent-ids';
import { Tally } from './tally';

const chain = retryChains.email;

/** Share of the shutdown time for the consumer; the rest is for the last dead letter records. */
const CONSUMER_SHARE = 0.8;

/** Sends receipts for orders in batches of a partition, many partitions in parallel. */
export const email: Application = async ({ connection, registry, rackId, metrics, say }) => {
  const serde = await clients.openSerde({ registry, topics: [chain.topic] });
  const producer = clients.createProducer({ connection, metrics });
  const tally = new Tally<'receipts sent' | 'sent before'>({ metrics, say });
  // A batch is handled again if its process dies before the commit. A real mail provider would deduplicate by the
  // order's id.
  const sent = new RecentIds();

  const consumer = await clients
    .startConsumer({
      connection,
      rackId,
      groupId: chain.group,
      topics: [chain.topic],
      handleBatch: decodedBatch(serde, (records) => {
        for (const { orderId } of records.map(eventOf)) {
          tally.count(sent.has(orderId) ? 'sent before' : 'receipts sent');
          sent.add(orderId);
        }
      }),
      onPermanent: clients.deadLetters({ chain: 'email', producer }),
      metrics,
      onNotice: ({ message }) => say(message),
    })
    .catch(async (error: unknown) => {
      await producer.close(0);
      throw error;
    });
  return {
    get isReady() {
      return consumer.isMember;
    },
    ended: consumer.ended,
    close: async (deadlineMs) => {
      await consumer.close(deadlineMs * CONSUMER_SHARE);
      await producer.close(deadlineMs * (1 - CONSUMER_SHARE));
      tally.say();
    },
  };
};
