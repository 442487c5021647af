import { alreadyEncoded } from '../../../src/client/encoded';
import { EventProducer } from '../../../src/client/producer/event-producer';
import type { ProducerOptions } from '../../../src/client/producer/options';
import { Load } from '../load';
import type { Sender } from '../sender';
import type { World } from '../world';

const CLOSE_MS = 30_000;

interface EventLoad {
  readonly world: World;
  readonly run: string;
  readonly topic: string;
  readonly partitions: number;
  /** Number of records sent without waiting. @default 10 */
  readonly burst?: number;
  /** Pause between two bursts. @default 30 ms */
  readonly pauseMs?: number;
}

/** The load for consumers under test. */
export const eventLoad = ({ world, topic, burst = 10, pauseMs = 30, ...load }: EventLoad): Load =>
  new Load({
    ...load,
    burst,
    pauseMs,
    sender: eventSender(topic, { connection: world.connection }),
  });

/** The producer of this platform. */
export function eventSender(topic: string, options: ProducerOptions): Sender {
  const producer = new EventProducer(options);
  return {
    send: ({ key, value }) => producer.send(topic, { key, value: alreadyEncoded(Buffer.from(value)) }),
    room: () => producer.room(),
    close: async () => {
      await producer.flush();
      await producer.close(CLOSE_MS);
    },
  };
}
