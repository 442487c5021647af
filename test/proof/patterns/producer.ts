import { alreadyEncoded } from '../../../src/client/encoded';
import { EventProducer } from '../../../src/client/producer/event-producer';
import type { ProducerOptions } from '../../../src/client/producer/options';
import type { TopicName } from '../../../src/topics/catalogue';
import type { Sender } from '../sender';

const CLOSE_MS = 30_000;

/** The producer of this platform. */
export function eventSender(topic: TopicName, options: ProducerOptions): Sender {
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
