import type { KafkaConnection } from '../../src/protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { EventSerde } from '../../src/client/serde/event-serde';
import type { Topic } from '../../src/components/topics/topic';
import { eventSchemas } from '../../examples/catalogue/schemas/event-schemas';
import type { AvroSchema } from '../../src/avro/subject';
import { applyTopics } from '../../src/components/topics/apply';
import { NOTHING_ALLOWED } from '../../src/components/topics/plan';
import { order } from '../support/events';
import { framed } from '../support/framed';
import { temporaryDirectory, threeBrokers } from '../support/local-platform';
import { startPlatformWithRegistry, type PlatformWithRegistry } from '../support/platform-with-registry';
import { RegistryProxy } from './registry-proxy';
import { source, topics } from './topics';

const POLL_MS = 100;

/** Three brokers and a registry behind a proxy, with the topics of the applications under test. */
export class World {
  private constructor(
    private readonly platform: PlatformWithRegistry & {
      /** The topics as they were last applied. */ topics: readonly Topic[];
    },
    readonly registry: RegistryProxy,
    /** Encodes with the newest schema of the catalogue. */
    readonly encode: (id: number) => Buffer,
  ) {}

  static async start(): Promise<World> {
    const config = threeBrokers(temporaryDirectory(), {
      topics: [...topics],
      applications: {},
      monitoring: { mode: 'none' },
    });
    const platform = await startPlatformWithRegistry(config);
    const registry = await RegistryProxy.start(platform.registry);
    const serde = await EventSerde.open({ registry: registry.url, schemas: eventSchemas, topics: ['orders'] });
    const encode = (id: number): Buffer => serde.encode('orders', order({ orderId: `order-${id}` }));
    return new World({ ...platform, topics: config.topics }, registry, encode);
  }

  get connection(): KafkaConnection {
    return this.platform.connection;
  }

  partitions(topic: string): number {
    return this.platform.topics.find(({ name }) => name === topic)?.partitions ?? 0;
  }

  /**
   * Deletes the source with all records, and creates it again with the same number of partitions.
   * @param deleted called after the deletion and before the creation; later notices are about the new topic
   */
  async recreateSource(deleted: () => void): Promise<void> {
    await withAdmin(connectKafka(this.connection), async (admin) => {
      await admin.deleteTopics({ topics: [source.name] });
      while ((await admin.listTopics()).includes(source.name)) await delay(POLL_MS);
    });
    deleted();
    await applyTopics({ connection: this.connection, topics: this.platform.topics });
  }

  /** Adds one partition to the topics. */
  async grow(names: readonly string[]): Promise<void> {
    this.platform.topics = this.platform.topics.map((topic) =>
      names.includes(topic.name) ? { ...topic, partitions: topic.partitions + 1 } : topic,
    );
    // Only the growth of keyed topics must be allowed explicitly.
    const allow = { ...NOTHING_ALLOWED, partitionGrowth: names.filter((name) => name === source.name) };
    await applyTopics({ connection: this.connection, topics: this.platform.topics, allow });
  }

  /** Registers another schema of the same form. @returns its id, and an encoder for it */
  async otherWriter(name: string): Promise<{ readonly id: number; readonly encode: (id: number) => Buffer }> {
    const newest = eventSchemas.orders.at(-1) as object;
    const schema = { ...newest, doc: `As ${name} writes it.` } as AvroSchema;
    const id = await this.platform.client.register(`history-${name}-value`, schema);
    return { id, encode: (record) => framed(id, schema, order({ orderId: `order-${record}` })) };
  }

  async stop(): Promise<void> {
    await this.registry.stop();
    await this.platform.stop();
  }
}
