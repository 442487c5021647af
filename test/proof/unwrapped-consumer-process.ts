import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { quietKafka } from '../../src/client/quiet-kafka';
import { decodeRecord } from '../../src/smoke/ledger';
import { runMember, TUNING } from './member';

const LONGEST_MS = 500;

/** kafkajs's consumer as it is often made to handle records side by side: nobody waits for the handler. */
runMember(async ({ bootstrap, groupId, run, file }) => {
  const { sessionTimeoutMs: sessionTimeout, heartbeatIntervalMs: heartbeatInterval } = TUNING;
  const consumer = quietKafka(bootstrap).consumer({ groupId, sessionTimeout, heartbeatInterval });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'], fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: ({ partition, message: { offset, value } }) => {
      void delay(Math.random() * LONGEST_MS).then(() =>
        appendFileSync(file, `${partition} ${offset} ${decodeRecord(run, value) ?? -1}\n`),
      );
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
