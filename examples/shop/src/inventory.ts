import { decoded } from 'kafka-platform/client';
import { clients } from '../clients';
import type { Application } from './process/application';
import { eventOf } from './event-of';
import { Stock } from './stock';
import { Tally } from './tally';
import { asMember } from './running';

/**
 * Reserves ordered articles. Orders of articles that are out of stock are retried in the topics of the retry chain and
 * do not delay other orders. Orders of unknown articles become dead letter records immediately.
 */
export const inventory: Application = async ({ connection, registry, rackId, metrics, say }) => {
  const serde = await clients.openSerde({ registry, topics: ['orders'] });
  const tally = new Tally<'orders reserved' | 'reserved before'>({ metrics, say });
  const stock = new Stock();

  const consumer = await clients.startRetryingConsumer({
    connection,
    rackId,
    chain: 'inventory',
    handle: decoded(serde, (record) => {
      tally.count(stock.reserve(eventOf(record)) ? 'orders reserved' : 'reserved before');
    }),
    metrics,
    onNotice: ({ message }) => say(message),
  });
  return asMember(consumer, () => tally.say());
};
