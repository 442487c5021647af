import type { KafkaConnection } from '../../protocol/connection';
import type { ConsumedRecord } from '../consumer/record';
import { withClientErrors } from '../client-error';
import { partitionCount } from '../producer/transport';
import { connectKafka } from '../kafka-client';
import { printNotice, type NoticeListener } from '../notices';
import { reporting } from '../reachability/notice-target';
import { readPartition } from './read-partition';

/**
 * Reads all records of a topic that a `read_committed` consumer can currently see, each partition in the order of its
 * log.
 */
export async function readTopic<T extends string>(
  connection: KafkaConnection,
  topic: T,
  onNotice: NoticeListener = printNotice,
): Promise<readonly ConsumedRecord<T>[]> {
  const count = await withClientErrors(
    reporting(onNotice, (target) => partitionCount(connectKafka(connection, target), topic)),
  );
  const records: ConsumedRecord<T>[] = [];
  const read = Array.from({ length: count }, (_, partition) =>
    readPartition({ connection, topic, partition, onNotice, onRecord: (record) => records.push(record) }),
  );
  await Promise.all(read);
  return records;
}
