import { setTimeout as delay } from 'node:timers/promises';
import { EventConsumer } from '../../src/client/consumer/event-consumer';

const MS_PER_RECORD = 5;
/** Value of a record whose handler never ends: offsets above it must not be committed. */
const STUCK = '1000';

/** A consumer process that a test kills. It prints the partition and offset of each handled record. */
const [bootstrapServers = '', groupId = ''] = process.argv.slice(2);
void EventConsumer.start({
  connection: { bootstrapServers: bootstrapServers.split(','), clientId: groupId },
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
