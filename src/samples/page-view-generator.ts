import type { Delivery } from '../client/producer/delivery';
import { EventProducer } from '../client/producer/event-producer';
import { eventKind } from '../client/serde/event-kind';
import { EventSerde } from '../client/serde/event-serde';
import type { Generator } from '../service/sample';
import { newPageView } from './new-page-view';
import { Outcomes } from './outcomes';
import { pace } from './pace';
import { Tally } from './tally';

/** Longer than by default: fuller batches, which compress better. */
const LINGER_MS = 50;

/** Writes page views in batches: many, small and without a key. It waits for room in the buffer, not for each of them. */
export const pageViewGenerator: Generator = async (context) => {
  const { bootstrap, registry, metrics, instance, eventsPerSecond, say } = context;
  const serde = await EventSerde.open({ registry, topics: ['page-views'] });
  const producer = new EventProducer({ bootstrap, compression: 'lz4', lingerMs: LINGER_MS, metrics });
  const tally = new Tally<Delivery['outcome']>({ metrics, say });
  const outcomes = new Outcomes({ producer, tally });
  const event = { ...eventKind('page-views'), source: 'page-view-generator' };
  const prefix = `${instance}-${Date.now().toString(36)}`;
  const stopped = new AbortController();

  function write(number: number): void {
    const value = serde.encode('page-views', newPageView({ number, prefix, viewedAt: Date.now() }));
    void producer.send('page-views', { value, event }).then((delivery) => outcomes.add(delivery));
  }

  const ended = pace({
    perSecond: eventsPerSecond,
    signal: stopped.signal,
    room: () => producer.room(),
    emit: write,
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
