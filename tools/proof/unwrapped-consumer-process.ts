import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka } from '../../src/client/kafka-client';
import { noteHandled } from './handled';
import { runMember, TUNING } from './member';

const LONGEST_MS = 500;

/** kafkajs's consumer in a common but faulty form of parallel handling: handlers are not awaited. */
runMember(async ({ connection, groupId, run, file }) => {
  const { sessionTimeoutMs: sessionTimeout, heartbeatIntervalMs: heartbeatInterval } = TUNING;
  const consumer = connectKafka(connection).consumer({
    groupId,
    sessionTimeout,
    heartbeatInterval,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: ({ partition, message }) => {
      void delay(Math.random() * LONGEST_MS).then(() => noteHandled(file, run, { ...message, partition }));
      return Promise.resolve();
    },
  });
  return {
    ended: new Promise(() => undefined),
    close: async () => {
      await consumer.disconnect();
      await delay(LONGEST_MS);
    },
  };
});
