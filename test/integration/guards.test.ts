import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Platform } from '../../src/platform/load';
import { seconds } from '../../src/validation/units';
import type { LocalPlatform } from '../../src/local/local-platform';
import { ClusterReader } from '../../src/components/kafka-cluster/guard/cluster-reader';
import { nodeWithId, type GuardSettings } from '../../src/components/kafka-cluster/guard/settings';
import type { ClusterView } from '../../src/components/kafka-cluster/guard/stop-rule';
import { applyTopics } from '../../src/components/topics/apply';
import { signal } from '../../src/processes/processes';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { deleteTopic, makeTopics } from '../support/make-topics';
import { LocalGuards } from '../support/local-guards';
import { until } from '../support/until';

const directory = temporaryDirectory();
const config: Platform = {
  ...threeBrokers(directory),
  guard: { ...threeBrokers(directory).guard, stopWaitMs: seconds(60) },
};
const IDS = [0, 1, 2] as const;

/** The whole log of a stop that did not wait: a stop that waits says for what. */
const AT_ONCE = /^stop-guard: may stop after [\d.]+ m?s: every partition and the quorum can spare it\n$/;

let platform: LocalPlatform;
let settings: GuardSettings;
let guards: LocalGuards;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ connection: platform.connection, topics: config.topics });
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

beforeEach(async () => {
  guards = await LocalGuards.of({ config, platform, directory });
  ({ settings } = guards);
  for (const id of IDS) await until(() => isReady(id));
});

afterEach(() => guards.endAll());

const isReady = (id: number): Promise<boolean> => guards.isReady(id);
const statusOf = (id: number): Promise<string> => guards.statusOf(id);
const hook = (id: number): Promise<string> => guards.hook(id);

/** The value of a series of a guard; undefined while it has none. */
async function metricOf(id: number, series: string): Promise<number | undefined> {
  const text = await (await fetch(guards.url(id, '/metrics'))).text();
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

const heldUpBy = (id: number, obstacle: string): Promise<boolean> =>
  metricOf(id, `kafka_guard_stop_held_up_seconds{obstacle="${obstacle}"}`).then((value) => value !== undefined);

const stoppedInSpite = async (id: number, by: { readonly cause: string; readonly told: number }): Promise<boolean> =>
  (await metricOf(by.told, `kafka_guard_stop_in_spite_timestamp_seconds{node="${id}",cause="${by.cause}"}`)) !== 0;

/** Resolves when every broker knows that all are in sync: a guard believes the worst that one says. */
const untilAllSeeAllInSync = (): Promise<void> =>
  until(async () => {
    const { views } = await new ClusterReader(settings, 0).read();
    const isWhole = ({ partitions }: ClusterView): boolean =>
      partitions.every(({ inSyncReplicas, replicas }) => inSyncReplicas.length === replicas.length);
    return views.length === IDS.length && views.every(isWhole);
  });

it('a broker stops at once while all are in sync, and its log says so', async () => {
  await untilAllSeeAllInSync();
  expect(await hook(1)).toMatch(AT_ONCE);
});

it('of two brokers that are asked at the same moment one stops; the other waits until that one is ready and in sync', async () => {
  const finished: number[] = [];
  const stops = [0, 2].map((id) => hook(id).then((log) => (finished.push(id), log)));
  await Promise.race(stops);
  const [first = 0] = finished;
  await platform.stopBroker(first);
  await until(async () => !(await isReady(first)));
  // The others learn of its end one after the other.
  await until(async () => {
    const [view] = (await new ClusterReader(settings, first).read()).views;
    return view?.partitions.some(({ inSyncReplicas }) => inSyncReplicas.includes(first)) === false;
  });
  expect(finished).toEqual([first]);
  await platform.startBroker(first);
  const logs = await Promise.all(stops);
  expect(logs.find((log) => log.includes('waits for'))).toMatch(
    /another node is being stopped|would fall below its min ISR 2|lose its majority/,
  );
  await until(() => isReady(first));
  expect((await new ClusterReader(settings, first).observeSelf()).lagging).toEqual([]);
});

it('a broker that no longer answers is not ready, and is again when it does', async () => {
  const pid = platform.pid(1) ?? 0;
  signal(pid, 'SIGSTOP');
  try {
    await until(async () => !(await isReady(1)));
    expect(await isReady(0)).toBe(true);
  } finally {
    signal(pid, 'SIGCONT');
  }
  await until(() => isReady(1));
});

it('a broker that was killed is not ready from the first question on, until it has taken its place anew', async () => {
  process.kill(platform.pid(2) ?? 0, 'SIGKILL');
  await until(() => platform.pid(2) === undefined);
  expect(await isReady(2)).toBe(false);
  await platform.startBroker(2);
  await until(() => isReady(2));
});

describe('a stop that is held up', () => {
  beforeEach(() => platform.stopBroker(2));
  afterEach(() => platform.startBroker(2));

  /** Runs the guard's program as an operator does in its container. */
  async function runPass(id: number): Promise<string> {
    const file = join(directory, 'guard.json');
    const { nodes, ...rest } = settings;
    const brokers = join(directory, 'brokers.json');
    writeFileSync(file, JSON.stringify({ ...rest, controllers: nodes }));
    writeFileSync(brokers, '[]');
    const env = { ...process.env, GUARD_SETTINGS: file, GUARD_BROKERS: brokers, NODE_ID: String(id) };
    const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', 'src/workloads/guard.ts', 'pass'], {
      env,
    });
    return stdout;
  }

  it('goes on when an operator passes it, and another guard keeps that', async () => {
    await until(async () => !(await isReady(2)));
    const stop = hook(0);
    await until(() => heldUpBy(0, 'min-isr').then(async (is) => is || (await heldUpBy(0, 'quorum'))));
    expect(await runPass(0)).toBe('The node stops in spite of what holds it up.\n');
    expect(await stop).toMatch(
      /to stop it all the same: pass\n(.*\n)*.*stops in spite of it .* as an operator passed it: /,
    );
    await until(() => stoppedInSpite(0, { cause: 'passed', told: 1 }));
    expect(await metricOf(0, 'kafka_guard_passes_total{wait="stop"}')).toBe(1);
    expect(await heldUpBy(0, 'none')).toBe(true);
    await expect(runPass(0)).rejects.toThrow(/The guard waits for nothing that could be passed/);
  });

  it('is not passed by another pod', async () => {
    const stop = hook(0);
    await until(async () => !(await heldUpBy(0, 'none')));
    const [other] = Object.values(networkInterfaces())
      .flatMap((some) => some ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    const { guardPort } = nodeWithId(settings, 0);
    const response = await fetch(`http://${other?.address ?? ''}:${guardPort}/pass`, { method: 'POST' });
    expect([response.status, await heldUpBy(0, 'none')]).toEqual([403, false]);
    await runPass(0);
    await stop;
  });

  it('is noticed by the others when Kubernetes ends its hook', async () => {
    const { child } = guards.startHook(0);
    await until(async () => !(await heldUpBy(0, 'none')));
    child.kill('SIGKILL');
    await until(() => stoppedInSpite(0, { cause: 'cut-off', told: 1 }));
    expect(await statusOf(0)).toBe('leaving');
  });
});

it('a topic that can never spare a replica holds up nobody', async () => {
  const topic = 'rf-is-min-isr';
  const configEntries = [{ name: 'min.insync.replicas', value: '3' }];
  await makeTopics(platform.connection, [{ topic, numPartitions: 3, replicationFactor: 3, configEntries }]);
  await untilAllSeeAllInSync();
  expect(await hook(0)).toMatch(AT_ONCE);
  await deleteTopic(platform.connection, topic);
});

it('when all are asked to stop, none waits for the others', async () => {
  const logs = await Promise.all(IDS.map(hook));
  expect(logs.join('')).toMatch(/every node is asked to stop/);
  expect(await Promise.all(IDS.map(statusOf))).toEqual(['leaving', 'leaving', 'leaving']);
});

it('a hook whose guard is gone lets the broker stop, and says that nobody guards it', async () => {
  guards.end(1);
  expect(await hook(1)).toBe('stop-guard: the guard does not answer; the node stops unguarded\n');
});
