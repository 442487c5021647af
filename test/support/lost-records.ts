import { connectKafka } from '../../src/client/kafka-client';
import type { LocalPlatform } from '../../src/local/local-platform';
import { makeTopics } from './make-topics';
import { writeOnce } from './write-once';

interface Losing {
  readonly topic: string;
  /** Called with the end of the log after all records are acknowledged; no record is lost before it resolves. */
  readonly whenWritten: (end: number) => Promise<void>;
}

/**
 * Loses acknowledged records: of two replicas, only the one without some records is available when a leader is elected.
 */
export async function loseRecords(platform: LocalPlatform, { topic, whenWritten }: Losing): Promise<void> {
  const kafka = connectKafka(platform.connection);
  const write = (records: number) => {
    const messages = Array.from({ length: records }, () => ({ value: 'x' }));
    return writeOnce(kafka, topic, messages);
  };
  const configEntries = [
    { name: 'unclean.leader.election.enable', value: 'true' },
    { name: 'min.insync.replicas', value: '1' },
  ];
  const topics = [{ topic, replicaAssignment: [{ partition: 0, replicas: [1, 2] }], configEntries }];
  await makeTopics(platform.connection, topics);
  await write(5);
  await platform.stopBroker(2);
  await write(10);
  await whenWritten(15);
  await platform.stopBroker(1);
  await platform.startBroker(2);
}
