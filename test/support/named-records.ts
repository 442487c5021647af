import type { KafkaConnection } from '../../src/protocol/connection';
import type { ConsumedRecord } from '../../src/client/consumer/record';
import type { Delivery } from '../../src/client/producer/delivery';
import { EventProducer } from '../../src/client/producer/event-producer';
import { readTopic } from '../../src/client/log/read-topic';

const HEADER = 'name';

export interface NamedRecord {
  readonly topic: string;
  readonly name: string;
  readonly value: Buffer | null;
  /** Key of the record. @default its name */
  readonly key?: string;
  /** Partition. @default determined by the key */
  readonly partition?: number;
}

/** Name of a record, which is kept in all copies. */
export const nameOf = ({ headers }: Pick<ConsumedRecord, 'headers'>): string => String(headers[HEADER]);

export const named = (name: string): Readonly<Record<string, string>> => ({ [HEADER]: name });

/** Writes records with names, so that copies can be identified independent of their bytes. */
export class NamedRecords {
  private readonly producer: EventProducer;

  constructor(private readonly connection: KafkaConnection) {
    this.producer = new EventProducer({ connection });
  }

  send({ topic, name, value, key = name, partition }: NamedRecord): Promise<Delivery> {
    const headers = named(name);
    return this.producer.send(topic, { key, value, headers, ...(partition !== undefined && { partition }) });
  }

  /** Names of the records that a `read_committed` consumer sees, each partition in the order of its log. */
  async in(topic: string): Promise<readonly string[]> {
    return (await readTopic(this.connection, topic)).map(nameOf);
  }

  async close(): Promise<void> {
    await this.producer.close(5_000);
  }
}
