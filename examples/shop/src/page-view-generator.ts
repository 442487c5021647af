import { clients } from '../clients';
import type { Generator } from './process/application';
import { newPageView } from './new-page-view';
import { asMaker } from './running';

/** Longer than the default, for larger batches, which compress better. */
const LINGER_MS = 50;

/**
 * Writes page views in batches: many small records without keys. It waits for room in the buffer instead of each
 * outcome.
 */
export const pageViewGenerator: Generator = async (context) => {
  const { connection, registry, metrics, instance } = context;
  const serde = await clients.openSerde({ registry, topics: ['page-views'] });
  const producer = clients.createProducer({ connection, compression: 'lz4', lingerMs: LINGER_MS, metrics });
  const event = { ...serde.kind('page-views'), source: 'page-view-generator' };
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
