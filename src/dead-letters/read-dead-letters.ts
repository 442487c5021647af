import type { KafkaConnection } from '../protocol/connection';
import type { ConsumedRecord } from '../client/consumer/record';
import { readPartition } from '../client/log/read-partition';
import { UserError } from '../validation/user-error';
import { METADATA, type TopicMetadata } from '../protocol/metadata';
import { ask } from '../protocol/request';
import { matches } from './filters';
import { deadLetterOf, type DeadLetter } from './dead-letter';
import { markerOf } from './marker';
import type { Selection } from './parse-options';
import { commandLine } from '../validation/command-line';

/** The dead letter records of one partition. */
export interface PartitionDeadLetters {
  readonly partition: number;
  /** The selected records, in the order of the log. */
  readonly deadLetters: readonly DeadLetter[];
  /** Times when dead letter records were replayed, by offset, in milliseconds since 1970. */
  readonly replayed: ReadonlyMap<bigint, number>;
}

interface ReadProps extends Selection {
  /** Connection to the cluster. */
  readonly connection: KafkaConnection;
  /** Id of the dead letter topic. @default the topic that currently has the name */
  readonly topicId?: string;
}

/**
 * Reads the selected dead letter records partition by partition, without changing anything. The open transaction of a
 * killed replay delays reading for about half a minute.
 * @throws {UserError} if the topic does not exist
 */
export async function readDeadLetters(props: ReadProps): Promise<readonly PartitionDeadLetters[]> {
  const { connection, chain, filters } = props;
  const { partitions } = await topicOf(connection, chain.deadLetterTopic);
  const all = Array.from({ length: partitions.length }, (_, partition) => partition);
  const meant = all.filter((partition) => filters.partition === undefined || partition === filters.partition);
  return Promise.all(meant.map((partition) => readPartitionDeadLetters(props, partition)));
}

/** @throws {UserError} if the topic does not exist */
export async function topicOf(connection: KafkaConnection, topic: string): Promise<TopicMetadata> {
  const topics = await ask(connection, METADATA);
  const found = topics.find(({ name }) => name === topic);
  if (found !== undefined) return found;
  throw new UserError(
    `The cluster has no topic ${topic}.`,
    `${commandLine('topics plan')} shows what is missing, apply makes it`,
  );
}

async function readPartitionDeadLetters(
  { connection, chain, filters, topicId }: ReadProps,
  partition: number,
): Promise<PartitionDeadLetters> {
  const deadLetters: DeadLetter[] = [];
  const replayed = new Map<bigint, number>();
  const onRecord = (record: ConsumedRecord): void => {
    const marker = markerOf(record);
    for (const offset of marker?.offsets ?? []) replayed.set(offset, record.timestamp);
    if (marker !== undefined) return;
    const deadLetter = deadLetterOf(record);
    if (matches(deadLetter, filters)) deadLetters.push(deadLetter);
  };
  const topic = chain.deadLetterTopic;
  await readPartition({ connection, topic, topicId, partition, onRecord });
  return { partition, deadLetters, replayed };
}
