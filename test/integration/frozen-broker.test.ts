import { rmSync } from 'node:fs';
import { EventConsumer } from '../../src/client/consumer/event-consumer';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { signal } from '../../src/embedded/processes';
import { applyTopics } from '../../src/topics/apply';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';
import { until } from '../support/until';
import { writeCounting } from '../support/write-counting';

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

it('a consumer goes on while a broker is frozen, and who starts then writes, though it is the first server of all', async () => {
  const { bootstrap } = platform;
  const topic = 'customers';
  const records = 500;
  const places = new Set<string>();
  const consumer = await EventConsumer.start({
    bootstrap,
    groupId: 'frozen',
    topics: [topic],
    handle: ({ partition, offset }) => void places.add(`${partition} ${offset}`),
  });
  const pid = platform.pid(0) ?? 0;
  signal(pid, 'SIGSTOP');
  try {
    await writeCounting({ bootstrap, topic, records, keys: 50 });
    await until(() => places.size === records);
  } finally {
    signal(pid, 'SIGCONT');
  }
  await consumer.close();
});
