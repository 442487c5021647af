import type { KafkaConnection } from '../../src/protocol/connection';
import { connectKafka } from '../../src/client/kafka-client';
import { makeTopics } from './make-topics';
import { leaveHanging, leaveOpen } from './open-transaction';
import { setOffsets } from './set-offsets';
import { startStuck } from './stuck-member';
import { writeOnce } from './write-once';

export const [HELD, UNREAD] = ['held', 'unread'];

/**
 * Creates a topic `held` with an open transaction `left-open` in partition 0 and a hanging one in partition 1, and a
 * topic `unread` of which a group `stuck` reads nothing and a group `retired` has a committed offset. @returns a
 * function that ends the processes
 */
export async function holdReadersBack(connection: KafkaConnection): Promise<() => Promise<void>> {
  const kafka = connectKafka(connection);
  await makeTopics(connection, [
    { topic: HELD, numPartitions: 2 },
    { topic: UNREAD, numPartitions: 1 },
  ]);
  await setOffsets(connection, { groupId: 'retired', topic: UNREAD, partitions: [{ partition: 0, offset: '1' }] });
  const messages = Array.from({ length: 2_000 }, () => ({ value: 'x' }));
  await writeOnce(kafka, UNREAD, messages);
  const open = { connection, topic: HELD, records: 3 };
  const abort = await leaveOpen({ ...open, transactionalId: 'left-open', partition: 0 });
  await leaveHanging({ ...open, transactionalId: 'lost', partition: 1 });
  const stopReading = await startStuck({ connection, groupId: 'stuck', topic: UNREAD });
  return async () => {
    await stopReading();
    await abort();
  };
}
