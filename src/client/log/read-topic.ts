import type { TopicName } from '../../topics/catalogue';
import type { ConsumedRecord } from '../consumer/record';
import { partitionCount } from '../producer/transport';
import { quietKafka } from '../quiet-kafka';
import { readPartition } from './read-partition';

/** All that readers of committed records see of a topic by now, each partition in the order of its log. */
export async function readTopic<T extends TopicName>(
  bootstrap: readonly string[],
  topic: T,
): Promise<readonly ConsumedRecord<T>[]> {
  const count = await partitionCount(quietKafka(bootstrap), topic);
  const records: ConsumedRecord<T>[] = [];
  const read = Array.from({ length: count }, (_, partition) =>
    readPartition({ bootstrap, topic, partition, onRecord: (record) => records.push(record) }),
  );
  await Promise.all(read);
  return records;
}
