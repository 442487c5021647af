import type { ConsumedRecord } from '../../src/client/consumer/record';
import type { Delivery } from '../../src/client/producer/delivery';
import { EventProducer } from '../../src/client/producer/event-producer';
import type { TopicName } from '../../src/topics/catalogue';
import { readTopic } from '../../src/client/log/read-topic';

const HEADER = 'name';

export interface NamedRecord {
  readonly topic: TopicName;
  readonly name: string;
  readonly value: Buffer | null;
  /** @default its name */
  readonly key?: string;
  /** @default by its key */
  readonly partition?: number;
}

/** What a record was sent as; it stays with it, wherever it goes. */
export const nameOf = ({ headers }: Pick<ConsumedRecord, 'headers'>): string => String(headers[HEADER]);

export const named = (name: string): Readonly<Record<string, string>> => ({ [HEADER]: name });

/** Writes records that can be told from each other whatever their bytes, and finds them again. */
export class NamedRecords {
  private readonly producer: EventProducer;

  constructor(private readonly bootstrap: readonly string[]) {
    this.producer = new EventProducer({ bootstrap });
  }

  send({ topic, name, value, key = name, partition }: NamedRecord): Promise<Delivery> {
    const headers = named(name);
    return this.producer.send<TopicName>(topic, { key, value, headers, ...(partition !== undefined && { partition }) });
  }

  /** Names of what readers of committed records see, each partition in the order of its log. */
  async in(topic: TopicName): Promise<readonly string[]> {
    return (await readTopic(this.bootstrap, topic)).map(nameOf);
  }

  async close(): Promise<void> {
    await this.producer.close(5_000);
  }
}
