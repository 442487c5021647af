import { EventConsumer } from '../client/consumer/event-consumer';
import { EventProducer } from '../client/producer/event-producer';
import { deadLetters } from '../client/retry/dead-letters';
import { decodedBatch } from '../client/serde/decoded-batch';
import { EventSerde } from '../client/serde/event-serde';
import { retryChains } from '../topics/catalogue';
import type { Sample } from '../service/sample';
import { eventOf } from './event-of';
import { RecentIds } from './recent-ids';
import { Tally } from './tally';

const chain = retryChains.email;

/** Of the time for closing; the rest is for the last dead letters. */
const CONSUMER_SHARE = 0.8;

/** Sends receipts for orders, in batches of a partition, as a mail provider takes them; many partitions at once. */
export const email: Sample = async ({ bootstrap, registry, metrics, say }) => {
  const serde = await EventSerde.open({ registry, topics: [chain.topic] });
  const producer = new EventProducer({ bootstrap, metrics });
  const tally = new Tally<'receipts sent' | 'sent before'>({ metrics, say });
  // A batch is handled again when its process dies before the commit. A provider would take the order's id as well.
  const sent = new RecentIds();

  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: chain.group,
    topics: [chain.topic],
    handleBatch: decodedBatch(serde, (records) => {
      for (const { orderId } of records.map(eventOf)) {
        tally.count(sent.has(orderId) ? 'sent before' : 'receipts sent');
        sent.add(orderId);
      }
    }),
    onPermanent: deadLetters({ chain, producer }),
    metrics,
  }).catch(async (error: unknown) => {
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
