import { EventProducer } from '../client/producer/event-producer';
import { eventKind } from '../client/serde/event-kind';
import { EventSerde } from '../client/serde/event-serde';
import type { Generator } from '../service/sample';
import { newPageView } from './new-page-view';
import { asMaker } from './running';

/** Longer than by default: fuller batches, which compress better. */
const LINGER_MS = 50;

/** Writes page views in batches: many, small and without a key. It waits for room in the buffer, not for each of them. */
export const pageViewGenerator: Generator = async (context) => {
  const { bootstrap, registry, metrics, instance } = context;
  const serde = await EventSerde.open({ registry, topics: ['page-views'] });
  const producer = new EventProducer({ bootstrap, compression: 'lz4', lingerMs: LINGER_MS, metrics });
  const event = { ...eventKind('page-views'), source: 'page-view-generator' };
  const prefix = `${instance}-${Date.now().toString(36)}`;

  return asMaker({
    context,
    producer,
    emit: (number) => {
      const view = newPageView({ number, prefix, viewedAt: Date.now() });
      return producer.send('page-views', { value: serde.encode('page-views', view), event });
    },
  });
};
