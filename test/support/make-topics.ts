import type { KafkaConnection } from '../../src/protocol/connection';
import type { ITopicConfig } from 'kafkajs';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { METADATA } from '../../src/protocol/metadata';
import { ask } from '../../src/protocol/request';
import { unlessGone } from './disturbed-topic';
import { until } from './until';

/**
 * Creates topics and waits until every broker knows them and their leaders. kafkajs fails if a broker does not know
 * them yet.
 */
export async function makeTopics(connection: KafkaConnection, topics: readonly ITopicConfig[]): Promise<void> {
  await withAdmin(connectKafka(connection), (admin) =>
    admin.createTopics({ topics: [...topics], waitForLeaders: false }),
  );
  await untilKnown(
    connection,
    topics.map(({ topic }) => topic),
  );
}

/** Brokers learn about a topic one after the other. */
export async function untilKnown(connection: KafkaConnection, names: readonly string[]): Promise<void> {
  for (const server of connection.bootstrapServers)
    await until(async () => {
      const known = await ask({ ...connection, bootstrapServers: [server] }, METADATA);
      const led = known.filter(({ partitions }) => partitions.every(({ leaderId }) => leaderId >= 0));
      return names.every((name) => led.some((topic) => topic.name === name));
    });
}

/** Deletes a topic and waits until no broker lists it: brokers learn about a deletion one after the other. */
export async function deleteTopic(connection: KafkaConnection, name: string): Promise<void> {
  await withAdmin(connectKafka(connection), (admin) => admin.deleteTopics({ topics: [name] })).catch(unlessGone);
  for (const server of connection.bootstrapServers)
    await until(async () =>
      (await ask({ ...connection, bootstrapServers: [server] }, METADATA)).every((topic) => topic.name !== name),
    );
}
