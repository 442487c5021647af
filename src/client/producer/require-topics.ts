import type { KafkaConnection } from '../../protocol/connection';
import { withRetries } from '../with-retries';
import { connectKafka } from '../kafka-client';
import { printNotice, type NoticeListener } from '../notices';
import { reporting } from '../reachability/notice-target';
import { partitionCount } from './transport';

/** Time within which all brokers know a newly created topic. */
const JUST_MADE_MS = 5_000;

/**
 * Checks that topics exist which are needed only later, after a failure.
 * @throws {TopicMissing} for the first missing topic
 * @throws {RetriableError} if no broker answers
 */
export function requireTopics(
  connection: KafkaConnection,
  topics: readonly string[],
  onNotice: NoticeListener = printNotice,
): Promise<void> {
  return reporting(onNotice, async (target) => {
    const kafka = connectKafka(connection, target);
    for (const topic of topics) await withRetries(() => partitionCount(kafka, topic), JUST_MADE_MS);
  });
}
