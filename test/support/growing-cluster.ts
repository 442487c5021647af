import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environments } from '../../platform/environments';
import { alreadyEncoded } from '../../src/client/encoded';
import { readTopic } from '../../src/client/log/read-topic';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { KafkaConnection } from '../../src/protocol/connection';
import { mebibytes } from '../../src/validation/units';
import { firstPool } from '../../tools/support/first-pool';

const PAUSE_MS = 20;
const BLOCK = 100_000;

/** Makes records large enough that a throttle can be below what is written. */
const PADDING = 1_000;

/** Racks of the brokers 0 to 4. */
const RACKS = ['a', 'b', 'c', 'a', 'b'] as const;

const pool = (zone: string, firstId: number) => ({
  ...firstPool(environments.local.brokers),
  name: `broker-${firstId}`,
  // One controller starts sooner than three, and nothing here is about the quorum.
  roles: firstId === 0 ? (['controller', 'broker'] as const) : (['broker'] as const),
  zone,
  firstId,
  replicas: 1,
  heap: mebibytes(256),
});

/** The local environment with the first brokers of five, each in a pool with a rack. */
export const firstBrokers = (count: number) => ({
  ...environments.local,
  topics: [],
  applications: {},
  brokers: { ...environments.local.brokers, nodePools: RACKS.slice(0, count).map(pool) },
});

/** Writes a definition whose only environment has the first brokers. @returns its file */
export function writeDefinition(directory: string, count: number): string {
  const file = join(directory, `brokers-${count}.mjs`);
  const definition = { environments: { local: firstBrokers(count) } };
  writeFileSync(file, `export default ${JSON.stringify(definition)};\n`);
  return file;
}

/** Writes blocks that cannot be compressed, as replicas that take time to copy. */
export async function fill(connection: KafkaConnection, topic: string, blocks: number): Promise<void> {
  const producer = new EventProducer({ connection });
  const sent = Array.from({ length: blocks }, (_, index) =>
    producer.send(topic, { key: `key-${index}`, value: alreadyEncoded(randomBytes(BLOCK)) }),
  );
  await Promise.all(sent);
  await producer.close(10_000);
}

/** Writes numbered records one after the other until it is stopped. */
export class SteadyWriter {
  private readonly acknowledged: string[] = [];
  private readonly producer: EventProducer;
  private isStopped = false;
  private readonly work: Promise<void>;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly topic: string,
  ) {
    this.producer = new EventProducer({ connection });
    this.work = this.write();
  }

  /** Stops writing. @returns numbers that were acknowledged, and numbers in the log */
  async stop(): Promise<{ readonly acknowledged: readonly string[]; readonly stored: readonly string[] }> {
    this.isStopped = true;
    await this.work;
    await this.producer.close(10_000);
    const stored = (await readTopic(this.connection, this.topic)).map(
      ({ value }) => String(value).split(' ', 1)[0] ?? '',
    );
    return { acknowledged: this.acknowledged, stored };
  }

  private async write(): Promise<void> {
    for (let number = 0; !this.isStopped; number += 1) {
      const value = alreadyEncoded(Buffer.from(`${number} ${randomBytes(PADDING).toString('hex')}`));
      const { outcome } = await this.producer.send(this.topic, { key: String(number), value });
      if (outcome === 'delivered') this.acknowledged.push(String(number));
      await delay(PAUSE_MS);
    }
  }
}
