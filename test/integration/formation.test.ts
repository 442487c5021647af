import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { readDisk, type Disk } from '../../src/components/kafka-cluster/formation/disk';
import { Guard } from '../../src/components/kafka-cluster/guard/guard';
import { guardSettings, nodeWithId, type GuardSettings } from '../../src/components/kafka-cluster/guard/settings';
import type { LocalPlatform } from '../../src/local/local-platform';
import { CLIENT_IDS } from '../../src/protocol/client-ids';
import { DESCRIBE_QUORUM, type QuorumDescription } from '../../src/protocol/describe-quorum';
import { askServer } from '../../src/protocol/request';
import { bootstrapServers } from '../../src/components/kafka-cluster/layout';
import { freePort } from '../../tools/support/free-port';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { makeTopics } from '../support/make-topics';
import { until } from '../support/until';

const directory = temporaryDirectory();
const config = threeBrokers(directory);
const IDS = [0, 1, 2] as const;
const TOPIC = 'kept';

let platform: LocalPlatform | undefined;
let settings: GuardSettings;
const guards = new Map<number, Guard>();

const running = (): LocalPlatform => {
  if (platform === undefined) throw new Error('no brokers run');
  return platform;
};

async function start(): Promise<void> {
  platform = await startPlatform(config);
}

async function stop(): Promise<void> {
  await platform?.stop();
  platform = undefined;
}

afterAll(async () => {
  for (const guard of guards.values()) guard.close();
  if (platform !== undefined) await discard(platform);
  rmSync(directory, { recursive: true });
});

const logOf = (nodeId: number): string => nodeWithId(settings, nodeId).logDirectory;

const loseDisk = (nodeId: number): void => rmSync(logOf(nodeId), { recursive: true });

/** What the start script of a node would be told. */
async function answerTo(nodeId: number): Promise<string> {
  const { guardPort } = nodeWithId(settings, nodeId);
  return (await (await fetch(`http://127.0.0.1:${guardPort}/format`)).text()).trim();
}

function startGuard(nodeId: number): void {
  const guard = new Guard({ settings, nodeId, passCommand: '', say: () => undefined, endBroker: () => undefined });
  guards.set(nodeId, guard);
  void guard.run();
}

function endGuard(nodeId: number): void {
  guards.get(nodeId)?.close();
  guards.delete(nodeId);
}

async function quorum(): Promise<QuorumDescription> {
  const [server = ''] = bootstrapServers(running().layout);
  return askServer({ server, clientId: CLIENT_IDS.guard }, DESCRIBE_QUORUM, { timeoutMs: 5_000 });
}

/** Resolves when all three nodes are voters that follow the leader. */
const untilThreeVoters = (): Promise<void> =>
  until(async () => {
    const { voters, highWatermark } = await quorum();
    return (
      voters
        .map(({ replicaId }) => replicaId)
        .sort()
        .join() === '0,1,2' && voters.every(({ logEndOffset }) => logEndOffset >= highWatermark)
    );
  });

const topics = (): Promise<readonly string[]> =>
  withAdmin(connectKafka(running().connection), (admin) => admin.listTopics());

beforeAll(async () => {
  await start();
  const ports = new Map<number, number>(await Promise.all(IDS.map(async (id) => [id, await freePort()] as const)));
  settings = guardSettings(config, running().layout, (id) => ports.get(id) ?? 0);
  for (const id of IDS) startGuard(id);
  await makeTopics(running().connection, [{ topic: TOPIC, numPartitions: 3, replicationFactor: 3 }]);
});

it('three nodes form a dynamic quorum of three voters', async () => {
  await untilThreeVoters();
  expect(IDS.map((id) => readDisk(logOf(id)).state)).toEqual(['formed', 'formed', 'formed']);
});

describe('the disk of one node is lost', () => {
  it('its guard lets it join, because the quorum has a leader', async () => {
    await running().stopBroker(2);
    loseDisk(2);
    // The stopped node may have been the leader.
    await until(async () => (await answerTo(2)) === 'join');
  });

  it('and it becomes a voter again without a command', async () => {
    await stop();
    await start();
    await untilThreeVoters();
    expect(await topics()).toContain(TOPIC);
  });
});

describe('the disks of two nodes are lost', () => {
  beforeAll(async () => {
    await stop();
    loseDisk(1);
    loseDisk(2);
  });

  it('both wait, and say which node has the metadata', async () => {
    for (const id of [1, 2]) {
      expect(await answerTo(id)).toMatch(/^wait: 2 of 3 controllers have lost their disks; node 0 has the metadata/);
    }
  });

  it('also while the node with the metadata does not answer', async () => {
    endGuard(0);
    expect(await answerTo(1)).toBe('wait: the quorum is formed when every node answers, and node 0 does not');
    startGuard(0);
  });

  it('a local start refuses, and leaves the disks alone', async () => {
    await expect(start()).rejects.toThrow(/node 1 is empty: 2 of 3 controllers have lost their disks/);
    const states = IDS.map((id): Disk['state'] => readDisk(logOf(id)).state);
    expect(states).toEqual(['formed', 'empty', 'empty']);
  });

  it('an operator can decide for one node', async () => {
    const { guardPort } = nodeWithId(settings, 1);
    expect((await fetch(`http://127.0.0.1:${guardPort}/format/none`, { method: 'POST' })).status).toBe(400);
    expect((await fetch(`http://127.0.0.1:${guardPort}/format/join`, { method: 'POST' })).status).toBe(200);
    expect(await answerTo(1)).toBe('join');
    expect(await answerTo(2)).toMatch(/^wait: /);
    endGuard(1);
    startGuard(1);
  });
});

it('after the loss of all disks, each node is a first voter of a new quorum', async () => {
  loseDisk(0);
  for (const id of IDS) rmSync(join(dirname(logOf(id)), 'voters'), { force: true });
  await until(async () => (await Promise.all(IDS.map(answerTo))).every((answer) => answer === 'initial'));
  await start();
  await untilThreeVoters();
  expect(await topics()).not.toContain(TOPIC);
});
