import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../platform/environments';
import { withAdmin, connectKafka } from '../../src/client/kafka-client';
import { readDisks } from '../../src/components/kafka-cluster/formation/node-disks';
import { Guard } from '../../src/components/kafka-cluster/guard/guard';
import { guardSettings } from '../../src/components/kafka-cluster/guard/settings';
import type { BrokerNode } from '../../src/components/kafka-cluster/layout';
import type { LocalPlatform } from '../../src/local/local-platform';
import { DESCRIBE_QUORUM, type QuorumDescription } from '../../src/protocol/describe-quorum';
import { ask } from '../../src/protocol/request';
import { gibibytes } from '../../src/validation/units';
import { withPool } from '../../tools/support/config';
import { freePort } from '../../tools/support/free-port';
import { discard, startPlatform, temporaryDirectory, threeBrokers } from '../../tools/support/local-platform';
import { makeTopics } from '../support/make-topics';
import { until } from '../support/until';

const directory = temporaryDirectory();
const metadataStorage = { size: gibibytes(1) };
const config = threeBrokers(directory, { brokers: withPool(environments.local.brokers, { metadataStorage }) });
const TOPIC = 'kept';
const IDS = [0, 1, 2] as const;

let platform: LocalPlatform | undefined;

const running = (): LocalPlatform => {
  if (platform === undefined) throw new Error('no brokers run');
  return platform;
};

async function restart(whileDown: () => void | Promise<void>): Promise<void> {
  await running().stop();
  platform = undefined;
  await whileDown();
  platform = await startPlatform(config);
}

afterAll(async () => {
  if (platform !== undefined) await discard(platform);
  rmSync(directory, { recursive: true });
});

const metaOf = (of: string): string => readFileSync(join(of, 'meta.properties'), 'utf8');
const quorum = (): Promise<QuorumDescription> => ask(running().connection, DESCRIBE_QUORUM);

/** Resolves when all three nodes are voters that follow the leader. */
const untilThreeVoters = (): Promise<void> =>
  until(async () => {
    const { voters, highWatermark } = await quorum();
    const ids = voters.map(({ replicaId }) => replicaId).sort();
    return ids.join() === '0,1,2' && voters.every(({ logEndOffset }) => logEndOffset >= highWatermark);
  });

/** Resolves when every replica of the topic is in sync. */
const untilInSync = (): Promise<void> =>
  withAdmin(connectKafka(running().connection), (admin) =>
    until(async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] });
      return topics.every(({ partitions }) => partitions.every(({ isr }) => isr.length === 3));
    }),
  );

function directoriesOf(nodeId: number): Required<Pick<BrokerNode, 'logDirectory' | 'metadataLogDirectory'>> {
  const node = running().layout.nodes.find(({ id }) => id === nodeId);
  if (node?.metadataLogDirectory === undefined) throw new Error(`node ${nodeId} has no directory for the metadata log`);
  return { logDirectory: node.logDirectory, metadataLogDirectory: node.metadataLogDirectory };
}

/** What the start script of a node would be told, while the others run. */
async function answerTo(nodeId: number): Promise<string> {
  const ports = new Map<number, number>(await Promise.all(IDS.map(async (id) => [id, await freePort()] as const)));
  const settings = guardSettings(config, running().layout, (id) => ports.get(id) ?? 0);
  const guard = new Guard({ settings, nodeId, passCommand: '', say: () => undefined, endBroker: () => undefined });
  const ended = guard.run();
  try {
    let answer = '';
    await until(async () => {
      answer = (await (await fetch(`http://127.0.0.1:${ports.get(nodeId)}/format`)).text()).trim();
      return !answer.startsWith('wait: ');
    });
    return answer;
  } finally {
    guard.close();
    await ended;
  }
}

it('three nodes form a quorum whose log is in the directories of its own', async () => {
  platform = await startPlatform(config);
  await makeTopics(platform.connection, [{ topic: TOPIC, numPartitions: 3, replicationFactor: 3 }]);
  await untilThreeVoters();
  expect(IDS.map((id) => readDisks(directoriesOf(id)).state)).toEqual(['formed', 'formed', 'formed']);
});

it('they tell the size of the metadata log, which alerts hold against its volume', async () => {
  for (const { metricsPort } of running().layout.nodes) {
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(metrics).toMatch(/^kafka_log_log_size\{[^}]*topic="__cluster_metadata"/m);
  }
});

it('one whose metadata log is lost joins, becomes a voter again, and keeps its data', async () => {
  const { logDirectory, metadataLogDirectory } = directoriesOf(2);
  const before = { data: metaOf(logDirectory), metadata: metaOf(metadataLogDirectory) };
  await running().stopBroker(2);
  rmSync(metadataLogDirectory, { recursive: true });
  expect(readDisks(directoriesOf(2))).toMatchObject({ state: 'empty', data: { nodeId: 2 } });
  expect(await answerTo(2)).toBe('join');
  await restart(() => undefined);
  await untilThreeVoters();
  expect(metaOf(logDirectory)).toBe(before.data);
  expect(metaOf(metadataLogDirectory)).not.toBe(before.metadata);
  await untilInSync();
});

it('one whose data is lost starts again as the voter that it was, and copies its replicas', async () => {
  const { logDirectory, metadataLogDirectory } = directoriesOf(1);
  const metadata = metaOf(metadataLogDirectory);
  const voters = async () => (await quorum()).voters.map(({ replicaId }) => replicaId).sort();
  await restart(() => {
    rmSync(logDirectory, { recursive: true });
  });
  expect(await voters()).toEqual([...IDS]);
  expect(metaOf(metadataLogDirectory)).toBe(metadata);
  expect(readDisks(directoriesOf(1)).state).toBe('formed');
  await untilInSync();
});

it('without any metadata log, nothing is formed on the data of the cluster', async () => {
  const directories = IDS.map(directoriesOf);
  await expect(
    restart(() => {
      for (const { metadataLogDirectory } of directories) rmSync(metadataLogDirectory, { recursive: true });
    }),
  ).rejects.toThrow(/node 0 is empty: this cluster existed: nodes 1, 2 have data, and no controller has metadata/);
  expect(directories.map((of) => readDisks(of).state)).toEqual(['empty', 'empty', 'empty']);
});
