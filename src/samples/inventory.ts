import { RetryingConsumer } from '../client/retry/retrying-consumer';
import { decoded } from '../client/serde/decoded';
import { EventSerde } from '../client/serde/event-serde';
import type { Sample } from '../service/sample';
import { retryChains } from '../topics/catalogue';
import { eventOf } from './event-of';
import { Stock } from './stock';
import { Tally } from './tally';
import { asMember } from './running';

const chain = retryChains.inventory;

/**
 * Reserves what is ordered. What is out of stock is tried again in the retry topics of the chain, and holds up nobody
 * meanwhile; an order of what nobody sells goes to the dead letters at once.
 */
export const inventory: Sample = async ({ bootstrap, registry, metrics, say }) => {
  const serde = await EventSerde.open({ registry, topics: [chain.topic] });
  const tally = new Tally<'orders reserved' | 'reserved before'>({ metrics, say });
  const stock = new Stock();

  const consumer = await RetryingConsumer.start({
    bootstrap,
    chain,
    handle: decoded(serde, (record) => {
      tally.count(stock.reserve(eventOf(record)) ? 'orders reserved' : 'reserved before');
    }),
    metrics,
  });
  return asMember(consumer, () => tally.say());
};
