import { setTimeout as delay } from 'node:timers/promises';
import { EventConsumer } from '../../src/client/consumer/event-consumer';

const MS_PER_RECORD = 5;
/** The value of a record that is never done: what stands above it must not be committed. */
const STUCK = '1000';

/** A consumer to be killed: writes the partition and offset of each record that it has handled. */
const [bootstrap = '', groupId = ''] = process.argv.slice(2);
void EventConsumer.start({
  bootstrap: bootstrap.split(','),
  groupId,
  topics: ['orders'],
  sessionTimeoutMs: 6_000,
  heartbeatIntervalMs: 300,
  handle: async ({ partition, offset, value }) => {
    if (value?.toString() === STUCK) await new Promise(() => undefined);
    await delay(Math.random() * 2 * MS_PER_RECORD);
    process.stdout.write(`${partition}:${offset}\n`);
  },
});
