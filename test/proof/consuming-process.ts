import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { RetriableError } from '../../src/client/consumer/errors';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import { decodeRecord } from '../../src/smoke/ledger';

const MS_PER_RECORD = 10;
/** Some take far longer, so that there is something to commit wrongly. */
const SLOW = { share: 0.02, ms: 400 };
/** Of the first attempts at records. */
const FAILING = 0.01;

/** A consumer to be killed, frozen and scaled: writes a line for each record that it has handled. */
const [bootstrap = '', groupId = '', run = '', file = ''] = process.argv.slice(2);
// With the process that started it goes the other end.
process.stdin.on('end', () => process.exit(1)).resume();
void EventConsumer.start({
  bootstrap: bootstrap.split(','),
  groupId,
  topics: ['orders'],
  // The shortest session that brokers allow by default.
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 500,
  rebalanceTimeoutMs: 10_000,
  revokeDeadlineMs: 3_000,
  maxWaitMs: 250,
  backOff: { firstMs: 20, maxMs: 500 },
  handle: async ({ partition, offset, value }, { attempt }) => {
    await delay(Math.random() < SLOW.share ? SLOW.ms : Math.random() * MS_PER_RECORD);
    if (attempt === 1 && Math.random() < FAILING) throw new RetriableError('passes');
    // Lines of several processes in one file stand in the order in which they were written.
    appendFileSync(file, `${partition} ${offset} ${decodeRecord(run, value) ?? -1}\n`);
  },
}).then((consumer) => {
  process.once('SIGTERM', () => void consumer.close(10_000).then(() => process.exit(0)));
  consumer.ended.catch((error: unknown) => {
    console.error(error);
    process.exit(5);
  });
});
