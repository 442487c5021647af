import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cancelMoves } from '../../src/components/kafka-cluster/reassignment/apply-moves';
import { partitionName } from '../../src/components/kafka-cluster/reassignment/placement';
import { readBrokers } from '../../src/components/kafka-cluster/reassignment/read-brokers';
import { readPlacement, readUnderWay } from '../../src/components/kafka-cluster/reassignment/read-placement';
import { wantedBrokers, type ReassignmentTarget } from '../../src/components/kafka-cluster/reassignment/target';
import { unregisterBrokers } from '../../src/components/kafka-cluster/reassignment/unregister';
import { verifyGrowth } from '../../src/components/kafka-cluster/reassignment/verify';
import type { LocalPlatform } from '../../src/local/local-platform';
import { parseConfig } from '../../src/platform/load';
import { DESCRIBE_CLUSTER } from '../../src/protocol/describe-cluster';
import { ask } from '../../src/protocol/request';
import { kibibytesPerSecond } from '../../src/validation/units';
import { discard, startPlatform, temporaryDirectory } from '../../tools/support/local-platform';
import { fill, firstBrokers, SteadyWriter, writeDefinition } from '../support/growing-cluster';
import { makeTopics } from '../support/make-topics';
import { programOutcome, type Outcome } from '../support/program-outcome';
import { until } from '../support/until';

/** About 4 MB in each partition: far more than replicas copy before a throttle of 200 KiB/s holds. */
const BLOCKS = 240;
const OLD = [0, 1, 2];
const NEW = [3, 4];

const directory = temporaryDirectory();
const grown = parseConfig({ ...firstBrokers(5), local: { stateDirectory: join(directory, 'state') } });
let platform: LocalPlatform;
let writer: SteadyWriter;
const connection = () => platform.connection;

beforeAll(async () => {
  platform = await startPlatform(grown, () => undefined);
  const assigned = (count: number) =>
    Array.from({ length: count }, (_, partition) => ({
      partition,
      replicas: OLD.map((id) => (id + partition) % OLD.length),
    }));
  await makeTopics(connection(), [
    { topic: 'filled', replicaAssignment: assigned(6) },
    { topic: 'steady', replicaAssignment: assigned(3) },
  ]);
  await fill(connection(), 'filled', BLOCKS);
  writer = new SteadyWriter(connection(), 'steady');
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

/** @param count brokers of the configuration */
const args = (count: number, words: readonly string[]): readonly string[] => [
  ...['--import', 'tsx', 'src/cli/main.ts', 'brokers', ...words],
  ...['--config', writeDefinition(directory, count)],
  ...['--bootstrap', platform.connection.bootstrapServers.slice(0, OLD.length).join(',')],
];

const command = (count: number, ...words: readonly string[]): Promise<Outcome> =>
  programOutcome(process.execPath, args(count, words));

const target = (count: number): ReassignmentTarget => ({
  connection: connection(),
  wanted: wantedBrokers(parseConfig(firstBrokers(count))),
  throttle: kibibytesPerSecond(50 * 1024),
  batch: 10,
});

const replicasOn = async (ids: readonly number[]): Promise<number> =>
  (await readPlacement(connection())).partitions.flatMap(({ replicas }) => replicas).filter((id) => ids.includes(id))
    .length;

/** Ids of brokers in order, by the name of the partition. */
const replicasByPartition = async (): Promise<ReadonlyMap<string, readonly number[]>> =>
  new Map((await readPlacement(connection())).partitions.map((one) => [partitionName(one), [...one.replicas].sort()]));

/** A command that moves slowly, and is killed once partitions are on their way. */
async function killedInTheMiddle(...words: readonly string[]): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, args(5, [...words, '--throttle', '200KiB']), {
    stdio: 'ignore',
  });
  await until(async () => (await readUnderWay(connection())).length > 0);
  child.kill('SIGKILL');
  await until(() => child.signalCode !== null);
  expect((await readUnderWay(connection())).length).toBeGreaterThan(0);
}

describe('a cluster that has two brokers more', () => {
  it('is planned, with what each broker copies, and is not changed', async () => {
    const { stdout, code } = await command(5, 'plan-growth');
    expect(stdout).toMatch(/^~ change +filled {2}\d of 6 partitions move, [\d.]+ MiB to copy$/m);
    expect(stdout).toMatch(
      /^ +broker 3 {2}receives [1-9]\d* replicas \([\d.]+ MiB\), .* gives up 0 .* disk at the peak [\d.]+ GiB of /m,
    );
    expect(stdout).toMatch(
      /^ +copies \d+ replicas, [\d.]+ MiB, at 50 MiB\/s in batches of 10 partitions: at least \d/m,
    );
    expect(stdout).toMatch(/^2 to change$/m);
    expect(code).toBe(0);
    expect(await replicasOn(NEW)).toBe(0);
  });

  it('is not grown with a throttle below what is written', async () => {
    const { stderr, code } = await command(5, 'apply', '--throttle', '1KiB');
    expect(stderr).toMatch(/are written to what it copies at once, and the throttle is 1 KiB\/s/);
    expect(code).toBe(1);
    expect(await readUnderWay(connection())).toEqual([]);
    expect(await replicasOn(NEW)).toBe(0);
  });

  it('has throttles and moves under way when the command is killed, and both are named', async () => {
    await killedInTheMiddle('apply');
    const { stdout, code } = await command(5, 'verify');
    expect(stdout).toMatch(/^filled: partitions [\d, ]+ are being moved; npm run brokers -- apply goes on/m);
    expect(stdout).toMatch(/^broker 3: the throttle follower\.replication\.throttled\.rate=204800 was left behind/m);
    expect(stdout).toMatch(/^broker 0: the throttle leader\.replication\.throttled\.rate=204800 was left behind/m);
    expect(stdout).toMatch(/^filled: the throttle follower\.replication\.throttled\.replicas=\d:[34][\d,:]* was left/m);
    expect(code).toBe(1);
  });

  it('is grown by a second command, without a throttle left, each partition in every rack', async () => {
    const { stdout, code } = await command(5, 'apply');
    expect(stdout).toMatch(/^applied and verified: \d partitions were under way; \d+ partitions moved, /);
    expect(code).toBe(0);
    expect(await verifyGrowth(target(5))).toEqual([]);
    const { brokers, partitions, topicThrottles, clusterThrottles } = await readPlacement(connection());
    expect(brokers.map(({ state }) => state?.throttles)).toEqual([{}, {}, {}, {}, {}]);
    expect([topicThrottles, clusterThrottles]).toEqual([[], {}]);
    for (const { replicas } of partitions) expect(new Set(replicas.map((id) => brokers[id]?.rack)).size).toBe(3);
    await until(async () =>
      (await readPlacement(connection())).partitions.every(({ leaderId, replicas }) => leaderId === replicas[0]),
    );
    expect(await replicasOn(NEW)).toBeGreaterThan(6);
  });
});

describe('a cluster that loses these brokers again', () => {
  it('has cordons and moves under way when the command is killed, and the moves can be taken back', async () => {
    const before = await replicasByPartition();
    await killedInTheMiddle('drain', ...NEW.map(String));
    const left = await verifyGrowth(target(5));
    for (const id of NEW) expect(left.join('\n')).toMatch(new RegExp(`^broker ${id} is cordoned, and part of`, 'm'));
    const cancelled = await cancelMoves({
      connection: connection(),
      note: () => undefined,
      signal: new AbortController().signal,
    });
    expect(cancelled.length).toBeGreaterThan(0);
    expect(await readUnderWay(connection())).toEqual([]);
    expect((await readPlacement(connection())).topicThrottles).toEqual([]);
    // What had arrived before stays where it is.
    const after = await replicasByPartition();
    for (const name of cancelled.map(partitionName)) expect(after.get(name)).toEqual(before.get(name));
  });

  it('does not grow onto cordoned brokers', async () => {
    const { stdout, code } = await command(5, 'plan-growth');
    expect(stdout).toMatch(/^! forbidden broker 3 {2}it is cordoned, and receives no replicas$/m);
    expect(code).toBe(2);
  });

  it('is drained by a second command', async () => {
    const { stdout, code } = await command(5, 'drain', '3', '4');
    expect(stdout).toMatch(/^drained: brokers 3 and 4: \d+ partitions moved, /);
    expect(stdout).toMatch(/npm run brokers -- unregister 3 4/);
    expect(code).toBe(0);
    expect(await replicasOn(NEW)).toBe(0);
  });

  it('does not unregister brokers that run, hold replicas or are part of the configuration', async () => {
    const refused = async (count: number, ids: readonly number[]): Promise<string> =>
      unregisterBrokers(target(count), ids).then(
        () => 'unregistered',
        (error: unknown) => String(error),
      );
    expect(await refused(3, NEW)).toMatch(/broker 3 runs[^]*broker 4 runs/);
    expect(await refused(5, [3])).toMatch(/broker 3 is part of the configuration/);
    expect(await refused(3, [0])).toMatch(/broker 0 is named by \d partitions as a replica/);
    expect(await refused(3, [7])).toMatch(/Not registered: 7; registered brokers: 0, 1, 2, 3, 4/);
    expect((await ask(connection(), DESCRIBE_CLUSTER)).brokers).toHaveLength(5);
  });

  it('unregisters them once they are stopped, with their cordons, and is then as configured', async () => {
    await Promise.all(NEW.map((id) => platform.stopBroker(id)));
    await until(async () => (await readBrokers(connection())).filter(({ isFenced }) => isFenced).length === NEW.length);
    expect((await verifyGrowth(target(3))).join('\n')).toMatch(
      /broker 3 is registered, and not part of .*unregister 3/,
    );
    const { stdout, code } = await command(3, 'unregister', '3', '4');
    expect(stdout).toBe('unregistered and verified: brokers 3 and 4\n');
    expect(code).toBe(0);
    expect((await readBrokers(connection())).map(({ id }) => id)).toEqual(OLD);
    expect(await verifyGrowth(target(3))).toEqual([]);
    await platform.startBroker(3);
    await until(async () => (await readBrokers(connection())).find(({ id }) => id === 3)?.state?.isCordoned === false);
  });

  it('has lost no record, and stored none twice', async () => {
    const { acknowledged, stored } = await writer.stop();
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.filter((number) => !stored.includes(number))).toEqual([]);
  });
});
