import { TransactionOpen } from '../errors';
import type { KafkaConnection } from '../../protocol/connection';
import { setTimeout as delay } from 'node:timers/promises';
import { clientError } from '../client-error';
import { registerCodecs } from '../codecs/register';
import { consumedRecord, type ConsumedRecord } from '../consumer/record';
import { RETRY_FOR_MS } from '../with-retries';
import type { NoticeListener } from '../notices';
import { LogReading } from './log-reading';

const PAUSE_MS = 200;

interface PartitionProps<T extends string> {
  readonly connection: KafkaConnection;
  readonly topic: T;
  readonly partition: number;
  /** Id of the topic. If the topic was recreated, reading fails. @default the topic that currently has the name */
  readonly topicId?: string | undefined;
  /** The first offset to read. @default the start of the log */
  readonly from?: bigint;
  /** The end of the range (exclusive). @default the end of the log at the time of the call */
  readonly until?: bigint;
  /**
   * Maximum time without progress, for example while the leader moves or a transaction is open, in milliseconds.
   * @default 1 minute
   */
  readonly stuckMs?: number;
  /**
   * Called for records in the range that no longer exist. An error that it throws ends the reading. @default prints a
   * line to standard error
   */
  readonly onNotice?: NoticeListener;
}

export interface ReadProps<T extends string> extends PartitionProps<T> {
  /** Called for each record in the order of the log. */
  readonly onRecord: (record: ConsumedRecord<T>) => void;
}

/**
 * Reads a partition to its end as a `read_committed` consumer, without a group. Waits for transactions that are open at
 * that time.
 * @returns the end of the range
 * @throws the last error, or `TransactionOpen`, after `stuckMs` without progress
 * @throws {LogChanged} if the topic is recreated during the call, or the log ends before the requested range
 */
export async function readPartition<T extends string>({ onRecord, ...props }: ReadProps<T>): Promise<bigint> {
  const parts = partitionParts(props);
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return value;
    for (const record of value) onRecord(record);
  }
}

/** Like {@link readPartition}, in parts; each part is fetched when it is requested. */
export async function* partitionParts<T extends string>(
  props: PartitionProps<T>,
): AsyncGenerator<readonly ConsumedRecord<T>[], bigint, undefined> {
  registerCodecs();
  const { topic, partition, stuckMs = RETRY_FOR_MS } = props;
  const log = new LogReading(props);
  let lastProgress = Date.now();
  for (let isAtEnd = log.isAtEnd; !isAtEnd; isAtEnd = log.isAtEnd) {
    const begin = log.next;
    let part;
    try {
      part = await log.fetch();
    } catch (error) {
      if (log.isOver || Date.now() - lastProgress > stuckMs) throw clientError(error);
      await delay(PAUSE_MS);
      continue;
    }
    const records = part.messages.map((message) => consumedRecord({ topic, partition }, message));
    yield records.filter(({ offset }) => offset < log.end);
    if (log.next > begin) lastProgress = Date.now();
    else if (!log.isAtEnd) {
      if (Date.now() - lastProgress > stuckMs)
        throw new TransactionOpen(`${topic}-${partition}: a transaction is open at ${log.next}`);
      await delay(PAUSE_MS);
    }
  }
  return log.end;
}
