import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import type { LocalPlatform } from '../../src/local/local-platform';
import { chooseLocalPorts } from '../../src/local/ports';
import { Guard } from '../../src/components/kafka-cluster/guard/guard';
import { guardSettings, nodeWithId, type GuardSettings } from '../../src/components/kafka-cluster/guard/settings';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { throttleLeader } from '../support/throttle';
import { makeTopics } from '../support/make-topics';
import { until } from '../support/until';
import { writeOnce } from '../support/write-once';

/** The broker that is restarted. */
const SELF = 2;
const TOPIC = 'throttled';
const GONE = 'deleted-meanwhile';

const RECORD_BYTES = 10_000;
const RECORDS = 100;

const directory = temporaryDirectory();
const config = threeBrokers(directory);

let platform: LocalPlatform;
let settings: GuardSettings;
let guard: Guard;
let running: Promise<unknown>;
let said: string[];

beforeAll(async () => {
  platform = await startPlatform(config);
  const {
    brokers: [ports],
  } = await chooseLocalPorts({ brokers: 1, basePort: undefined, kept: {} });
  settings = guardSettings(config, platform.layout, (id) => ports?.[id] ?? 0);
  const configEntries = [
    { name: 'min.insync.replicas', value: '2' },
    { name: 'leader.replication.throttled.replicas', value: '*' },
  ];
  await makeTopics(
    platform.connection,
    [TOPIC, GONE].map((topic) => ({ topic, numPartitions: 1, replicationFactor: 3, configEntries })),
  );
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  said = [];
});

afterEach(async () => {
  await throttle();
  guard.close();
  await running;
});

/** Throttles what the other brokers give the one that is restarted; without a rate, the throttle ends. */
async function throttle(bytesPerSecond?: number): Promise<void> {
  for (const { id: nodeId, host, kafkaPort } of settings.nodes)
    if (nodeId !== SELF)
      await throttleLeader({
        server: `${host}:${kafkaPort}`,
        nodeId,
        ...(bytesPerSecond !== undefined && { bytesPerSecond }),
      });
}

const write = (topic: string): Promise<void> =>
  writeOnce(
    connectKafka(platform.connection),
    topic,
    Array.from({ length: RECORDS }, () => ({ value: Buffer.alloc(RECORD_BYTES, 'x') })),
  );

function startGuard(): void {
  const say = (line: string): void => void said.push(line);
  guard = new Guard({ settings, nodeId: SELF, say, passCommand: 'pass', endBroker: () => undefined });
  running = guard.run();
}

const url = (path: string): string => `http://127.0.0.1:${nodeWithId(settings, SELF).guardPort}${path}`;
const isReady = async (): Promise<boolean> => (await fetch(url('/ready')).catch(() => undefined))?.ok ?? false;

async function metric(name: string): Promise<number> {
  const text = await fetch(url('/metrics')).then(
    (response) => response.text(),
    () => '',
  );
  return Number(new RegExp(`^kafka_guard_catch_up_${name} (.*)$`, 'm').exec(text)?.[1]);
}

/** Restarts the broker, throttled to less than what it has missed. */
async function restartThrottled(topics: readonly string[]): Promise<void> {
  await throttle(100_000);
  await platform.stopBroker(SELF);
  for (const topic of topics) for (let batch = 0; batch < 10; batch++) await write(topic);
  await platform.startBroker(SELF);
  startGuard();
  await until(async () => (await metric('offsets_behind')) > 0);
}

it('a follower that fetches slower than its leader is written to is not ready as long as that lasts', async () => {
  await restartThrottled([TOPIC]);
  const first = await metric('offsets_behind');
  const writer = new AbortController();
  const written = (async () => {
    while (!writer.signal.aborted) {
      await write(TOPIC);
      await delay(500);
    }
  })();
  try {
    // It fetches, and is further behind all the same.
    const readies: boolean[] = [];
    await until(async () => {
      readies.push(await isReady());
      return (await metric('offsets_behind')) > first + 10 * RECORDS;
    });
    expect(readies).not.toContain(true);
    expect([await metric('replicas'), await isReady()]).toEqual([1, false]);
    expect(await metric('idle_seconds')).toBeLessThan(60);
    expect(said.join('\n')).toMatch(/throttled-0\), \d+ offsets behind: catching up/);
  } finally {
    writer.abort();
    await written;
  }
  await throttle();
  await until(isReady);
  expect(said.at(-1)).toBe('the broker serves and all of its replicas are in sync');
  expect(await metric('offsets_behind')).toBe(0);
});

it('a topic that is deleted meanwhile is not waited for', async () => {
  await restartThrottled([GONE]);
  expect(await isReady()).toBe(false);
  await withAdmin(connectKafka(platform.connection), (admin) => admin.deleteTopics({ topics: [GONE] }));
  await until(isReady);
});

it('an operator lets a broker be ready before it has caught up', async () => {
  await restartThrottled([TOPIC]);
  expect(await isReady()).toBe(false);
  const response = await fetch(url('/pass'), { method: 'POST' });
  expect(await response.json()).toEqual({ text: 'The broker is ready before it has caught up.' });
  await until(isReady);
  expect(said.at(-1)).toMatch(/; ready all the same, as an operator passed it$/);
});
