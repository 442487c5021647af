import { Partitioners } from 'kafkajs';
import { connectKafka } from '../../../src/client/kafka-client';
import type { Sender } from '../sender';
import { writing } from './writing';

/**
 * Plain kafkajs: an idempotent producer with overlapping sends to a partition, which is used further after an error.
 * The harness must detect its faults; otherwise it proves nothing.
 */
export const unwrappedKafkajs = writing({
  name: 'unwrapped kafkajs',
  topic: 'platform-smoke',
  burst: 5,
  pauseMs: 10,
  open: async ({ world }): Promise<Sender> => {
    const producer = connectKafka(world.connection).producer({
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
