import type { KafkaConnection } from '../../protocol/connection';
import { METADATA } from '../../protocol/metadata';
import { askAny } from '../../protocol/request';

/** A frozen broker must not delay the answers of the others. */
const ANSWER_MS = 3_000;

/**
 * The ids of all topics as one broker knows them. Another broker may already know a newer id.
 * @throws if no broker answers
 */
export async function topicIds(connection: KafkaConnection): Promise<ReadonlyMap<string, string>> {
  const topics = await askAny(connection, METADATA, { timeoutMs: ANSWER_MS });
  return new Map(topics.map(({ name, id }) => [name, id]));
}
