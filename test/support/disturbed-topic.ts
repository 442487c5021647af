import type { KafkaConnection } from '../../src/protocol/connection';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { kafkaErrorType, connectKafka, withAdmin } from '../../src/client/kafka-client';
import { TransactionalSession } from '../../src/client/transactions/transactional-session';
import type { Topic } from '../../src/components/topics/topic';
import { applyTopics } from '../../src/components/topics/apply';
import { METADATA, type TopicMetadata } from '../../src/protocol/metadata';
import { ask } from '../../src/protocol/request';
import { until } from './until';

/** For a deletion: a busy broker answers too late, and the client repeats the request. */
export function unlessGone(error: unknown): void {
  if (kafkaErrorType(error) !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
}

type Use<T> = Parameters<typeof withAdmin<T>>[1];

/** Changes a topic while groups read it or are stopped. */
export class DisturbedTopic {
  constructor(
    private readonly connection: () => KafkaConnection,
    private readonly name: string,
  ) {}

  /** Deletes the topic like Kafka's own tool, and creates it again from the catalogue. */
  async recreate(topics: readonly Topic[]): Promise<void> {
    await this.admin((tool) => tool.deleteTopics({ topics: [this.name] })).catch(unlessGone);
    await applyTopics({ connection: this.connection(), topics });
  }

  /** Deletes all but the last records of each partition. @returns the new start of each log, by partition */
  deleteAllBut(left: number): Promise<ReadonlyMap<number, bigint>> {
    return this.admin(async (tool) => {
      const ends = await tool.fetchTopicOffsets(this.name);
      const starts = new Map(
        ends.map(({ partition, low, high }) => {
          const start = BigInt(high) - BigInt(left);
          return [partition, start > BigInt(low) ? start : BigInt(low)];
        }),
      );
      const partitions = [...starts].map(([partition, offset]) => ({ partition, offset: String(offset) }));
      await tool.deleteTopicRecords({ topic: this.name, partitions });
      return starts;
    });
  }

  /** Removes the leader from the replicas, so that another leader is elected in a new epoch. */
  async moveLeader(partition: number): Promise<void> {
    const leader = async () => (await this.metadata()).partitions.find((each) => each.partition === partition);
    const before = await leader();
    const replicas = before?.replicas.filter((id) => id !== before.leaderId) ?? [];
    const partitionAssignment = [{ partition, replicas }];
    await this.admin((tool) =>
      tool.alterPartitionReassignments({ topics: [{ topic: this.name, partitionAssignment }] }),
    );
    await until(async () => (await leader())?.leaderId !== before?.leaderId);
  }

  async writeTo(partition: number, records: number): Promise<void> {
    const producer = new EventProducer({ connection: this.connection() });
    const value = alreadyEncoded(Buffer.from('1'));
    for (let index = 0; index < records; index++) await producer.send(this.name, { key: null, partition, value });
    await producer.close(5_000);
  }

  /** Commits like a client that reads the topic. */
  async commit(
    groupId: string,
    committed: { readonly partition: number; readonly offset: bigint; readonly metadata: string },
  ): Promise<void> {
    const connection = this.connection();
    const session = await TransactionalSession.open({
      connection,
      transactionalId: groupId,
      transactionTimeoutMs: 10_000,
    });
    await session.run([], { groupId, topic: this.name, ...committed });
    await session.close();
  }

  async metadata(): Promise<TopicMetadata> {
    const found = (await ask(this.connection(), METADATA)).find(({ name }) => name === this.name);
    if (found === undefined) throw new Error(`there is no ${this.name}`);
    return found;
  }

  private admin<R>(use: Use<R>): Promise<R> {
    return withAdmin(connectKafka(this.connection()), use);
  }
}
