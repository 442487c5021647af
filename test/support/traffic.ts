import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { alreadyEncoded } from '../../src/client/encoded';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import { EventProducer } from '../../src/client/producer/event-producer';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import { Tally } from '../../src/samples/tally';
import type { TopicName } from '../../src/topics/catalogue';

const BETWEEN_MS = 100;

/** Something that can be ended. */
export interface Traffic {
  /** Where the clients serve their metrics, as `host:port`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Makes a topic, writes to it all the time, and reads it with a group that commits. */
export async function startTraffic(bootstrap: readonly string[], topic: TopicName, groupId: string): Promise<Traffic> {
  await withAdmin(quietKafka(bootstrap), (admin) =>
    admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 6 }] }),
  );
  const metrics = new ClientMetrics();
  const producer = new EventProducer({ bootstrap, metrics });
  const tally = new Tally<'records handled'>({ metrics, say: () => undefined });
  const consumer = await EventConsumer.start({
    bootstrap,
    groupId,
    topics: [topic],
    metrics,
    handle: () => tally.count('records handled'),
  });
  const server = createServer((_request, response) => {
    void metrics.text().then((text) => response.setHeader('content-type', metrics.contentType).end(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ending = new AbortController();
  const value = alreadyEncoded(Buffer.alloc(100, 'x'));
  const writing = (async () => {
    while (!ending.signal.aborted) {
      // Some are lost when a broker stops: nobody counts them here.
      for (let key = 0; key < 12; key += 1) void producer.send(topic, { key: String(key), value });
      await delay(BETWEEN_MS);
    }
  })();
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      ending.abort();
      await writing;
      await Promise.all([producer.close(5_000), consumer.close()]);
      server.close();
      server.closeAllConnections();
    },
  };
}
