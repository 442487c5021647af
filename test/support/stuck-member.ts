import type { KafkaConnection } from '../../src/protocol/connection';
import { connectKafka } from '../../src/client/kafka-client';

interface StuckMember {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  readonly topic: string;
}

/** Joins a group and never finishes its first record. @returns a function that ends it */
export async function startStuck({ connection, groupId, topic }: StuckMember): Promise<() => Promise<void>> {
  const consumer = connectKafka(connection).consumer({ groupId });
  let release: () => void = () => undefined;
  const stuck = new Promise<void>((resolve) => (release = resolve));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ autoCommit: false, eachMessage: () => stuck });
  return async () => {
    release();
    await consumer.disconnect();
  };
}
