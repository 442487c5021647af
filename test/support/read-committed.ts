import type { ConsumedRecord } from '../../src/client/consumer/record';
import { readPartition } from '../../src/client/log/read-partition';
import { partitionCount } from '../../src/client/producer/transport';
import { quietKafka } from '../../src/client/quiet-kafka';
import type { TopicName } from '../../src/topics/catalogue';

/** All that readers of committed records see of a topic by now, each partition in the order of its log. */
export async function readCommitted<T extends TopicName>(
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
