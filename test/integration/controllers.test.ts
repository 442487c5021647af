import { rmSync } from 'node:fs';
import { environments } from '../../platform/environments';
import { ControllerReader } from '../../src/components/kafka-cluster/guard/controller-reader';
import { QuorumReader } from '../../src/components/kafka-cluster/guard/quorum-reader';
import { nodeWithId } from '../../src/components/kafka-cluster/guard/settings';
import { applyTopics } from '../../src/components/topics/apply';
import type { LocalPlatform } from '../../src/local/local-platform';
import type { Platform } from '../../src/platform/load';
import { DESCRIBE_CLUSTER } from '../../src/protocol/describe-cluster';
import { DESCRIBE_QUORUM } from '../../src/protocol/describe-quorum';
import { ask } from '../../src/protocol/request';
import { mebibytes, seconds } from '../../src/validation/units';
import { firstPool } from '../../tools/support/first-pool';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { LocalGuards } from '../support/local-guards';
import { until } from '../support/until';

const BROKERS = [0, 1, 2] as const;
const CONTROLLERS = [100, 101, 102] as const;

const directory = temporaryDirectory();
const ofBoth = firstPool(environments.local.brokers);
const separate = threeBrokers(directory, {
  brokers: {
    ...environments.local.brokers,
    nodePools: [
      { ...ofBoth, roles: ['broker'] },
      { name: 'controller', roles: ['controller'], firstId: 100, heap: mebibytes(256), memory: mebibytes(768) },
    ],
  },
});
const config: Platform = { ...separate, guard: { ...separate.guard, stopWaitMs: seconds(120) } };

let platform: LocalPlatform;
let guards: LocalGuards;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ connection: platform.connection, topics: config.topics });
  guards = await LocalGuards.of({ config, platform, directory });
  for (const id of platform.nodeIds) await until(() => guards.isReady(id));
});

afterAll(async () => {
  await guards.endAll();
  await discard(platform);
  rmSync(directory, { recursive: true });
});

const restart = async (id: number): Promise<void> => {
  await platform.stopBroker(id);
  await platform.startBroker(id);
};

it('controllers alone vote, and brokers alone store topics', async () => {
  const { voters } = await ask(platform.connection, DESCRIBE_QUORUM);
  expect(voters.map(({ replicaId }) => replicaId).sort()).toEqual([...CONTROLLERS]);
  const { brokers } = await ask(platform.connection, DESCRIBE_CLUSTER);
  expect(brokers.map(({ id }) => id).sort()).toEqual([...BROKERS]);
  expect(platform.connection.bootstrapServers).toHaveLength(BROKERS.length);
});

it('a controller that is down, or comes back, is ready when it follows the leader again', async () => {
  const quorum = new QuorumReader(guards.settings);
  const leaderId = (await quorum.describe())?.leaderId;
  const follower = CONTROLLERS.find((id) => id !== leaderId) ?? 0;
  const reader = new ControllerReader(nodeWithId(guards.settings, follower), quorum);
  expect(await reader.isOwnServing()).toBe(true);
  await platform.stopBroker(follower);
  await until(async () => !(await guards.isReady(follower)));
  await until(async () => !(await reader.isOwnServing()));
  expect(await quorum.votersUp(leaderId ?? 0)).toBe(2);
  await platform.startBroker(follower);
  await until(() => guards.isReady(follower));
  expect(await reader.isOwnServing()).toBe(true);
});

it('controllers leave one after the other, the active one too, and each only when the one before follows again', async () => {
  for (const id of CONTROLLERS) await until(() => guards.isReady(id));
  const finished: number[] = [];
  const stops = CONTROLLERS.map((id) => guards.hook(id).then((log) => (finished.push(id), log)));
  for (let count = 1; count <= CONTROLLERS.length; count += 1) {
    await until(() => finished.length >= count);
    expect(finished).toHaveLength(count);
    await restart(finished[count - 1] ?? 0);
  }
  const logs = await Promise.all(stops);
  expect(logs.filter((log) => log.includes('waits for')).length).toBeGreaterThan(0);
  expect(logs.join('')).not.toContain('in spite');
  for (const id of CONTROLLERS) await until(() => guards.isReady(id));
});

it('of a cluster that is stopped as a whole, the brokers leave first and together, then the controllers', async () => {
  const finished: number[] = [];
  const hooks = new Map(platform.nodeIds.map((id) => [id, guards.hook(id).then((log) => (finished.push(id), log))]));
  for (const id of BROKERS) await hooks.get(id);
  expect([...finished].sort()).toEqual([...BROKERS]);
  for (const id of BROKERS) {
    await platform.stopBroker(id);
    guards.end(id);
  }
  for (const hook of hooks.values()) expect(await hook).toMatch(/every node is asked to stop/);
});
