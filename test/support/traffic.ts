import type { KafkaConnection } from '../../src/protocol/connection';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter } from 'prom-client';
import { setTimeout as delay } from 'node:timers/promises';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { alreadyEncoded } from '../../src/client/encoded';
import { ClientMetrics } from '../../src/client/metrics/client-metrics';
import { EventProducer } from '../../src/client/producer/event-producer';
import { makeTopics } from './make-topics';

const BETWEEN_MS = 100;

/** Traffic that can be stopped. */
export interface Traffic {
  /** Address of the clients' metrics, as `host:port`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Creates a topic, writes to it continuously, and reads it with a group that commits. */
export async function startTraffic(connection: KafkaConnection, topic: string, groupId: string): Promise<Traffic> {
  await makeTopics(connection, [{ topic, numPartitions: 6 }]);
  const metrics = new ClientMetrics();
  const producer = new EventProducer({ connection, metrics });
  const done = new Counter({
    name: 'app_done_total',
    help: 'What the application has done, by kind.',
    labelNames: ['kind'],
    registers: [metrics.registry],
  });
  const consumer = await EventConsumer.start({
    connection,
    groupId,
    topics: [topic],
    metrics,
    handle: () => done.inc({ kind: 'records handled' }),
  });
  const server = createServer((_request, response) => {
    void metrics.text().then((text) => response.setHeader('content-type', metrics.contentType).end(text));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ending = new AbortController();
  const value = alreadyEncoded(Buffer.alloc(100, 'x'));
  const writing = (async () => {
    while (!ending.signal.aborted) {
      // Some records are lost when a broker stops; they are not counted here.
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
