import { Partitioners } from 'kafkajs';
import { quietKafka } from '../../../src/client/quiet-kafka';
import type { Sender } from '../sender';
import { writing } from './writing';

/**
 * kafkajs as it comes: an idempotent producer, sends of one partition that overlap, and the same producer after an error.
 * It is here to be found out: a harness that finds nothing in it proves nothing.
 */
export const unwrappedKafkajs = writing({
  name: 'unwrapped kafkajs',
  topic: 'platform-smoke',
  burst: 5,
  pauseMs: 10,
  open: async ({ world }): Promise<Sender> => {
    const producer = quietKafka(world.bootstrap).producer({
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 100 },
    });
    await producer.connect();
    const open = new Set<Promise<unknown>>();
    return {
      send: async ({ key, partition, value }) => {
        const sent = producer.send({ topic: 'platform-smoke', messages: [{ key, partition, value }] });
        open.add(sent);
        try {
          const [answer] = await sent;
          return { outcome: 'delivered', partition, offset: BigInt(answer?.baseOffset ?? -1) };
        } catch (cause) {
          return { outcome: 'unknown', cause };
        } finally {
          open.delete(sent);
        }
      },
      room: () => Promise.resolve(),
      close: async () => {
        await Promise.allSettled(open);
        await producer.disconnect();
      },
    };
  },
});
