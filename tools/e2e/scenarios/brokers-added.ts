import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readUnderWay } from '../../../src/components/kafka-cluster/reassignment/read-placement';
import { brokerNames } from '../../../src/components/kafka-cluster/names';
import { forwardedConnection } from '../../../src/deploy/forwarded-connection';
import { parseConfig } from '../../../src/platform/load';
import { CLIENT_IDS } from '../../../src/protocol/client-ids';
import { ConfigError } from '../../../src/validation/problems';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { poll } from '../../../src/waiting/poll';
import { ADDED, ADDED_POOL, first, grown } from '../grown-platform';
import { deployConfig, rollConfig } from '../manifests';
import { underLoad, type Scenario } from '../scenario';
import { shell } from '../shell';
import { nodePods, type World } from '../world';

const STARTED_MS = 2 * 60_000;
const GONE_MS = 5 * 60_000;
const ids = ADDED.map(String);
const smaller = parseConfig(first);

/** Below what the disks give, so that there is time to end the command in the middle. */
const SLOWLY = ['--throttle', '2MiB', '--batch', '5'];

/** The brokers that were there before restart neither when the others come nor when they go. */
const throughGrowth = underLoad('3 brokers to 5, and back to 3', async (world) => {
  const larger: World = { ...world, config: parseConfig(grown) };
  await deployConfig(larger, larger.config);
  await endedInTheMiddle(larger);
  await Promise.all([brokers(world, 'grown', 'apply', ...SLOWLY), restarted(larger)]);
  await brokers(world, 'grown', 'verify');
  await refusedToShrink(world);
  const { summary } = await drained(world);
  return { summary, restarts: [] };
});

export const brokersAdded: Scenario = {
  ...throughGrowth,
  run: async (world) => {
    await rollConfig(world, smaller);
    const finding = await throughGrowth.run(world);
    // Only without the others do brokers have a node of Kubernetes each.
    await rollConfig(world, world.config);
    return finding;
  },
};

const command = ({ cluster }: World, environment: 'first' | 'grown', words: readonly string[]): readonly string[] => [
  ...['--import', 'tsx', 'src/cli/main.ts', 'brokers', ...words],
  ...['--config', `tools/e2e/${environment}-platform.ts`, '--environment', environment, '--context', cluster.context],
];

/** @returns what the command says; its exit code has to be 0 */
function brokers(world: World, environment: 'first' | 'grown', ...words: readonly string[]): Promise<string> {
  world.note(`brokers ${words.join(' ')}`);
  return shell(process.execPath, command(world, environment, words));
}

/** Starts the command and kills it once partitions are on their way. */
async function endedInTheMiddle(world: World): Promise<void> {
  const child = spawn(process.execPath, command(world, 'grown', ['apply', ...SLOWLY]), { stdio: 'pipe' });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  world.note('brokers apply, which is killed');
  const moving = await untilMoving(world, (count) => count > 0 || child.exitCode !== null);
  if (moving === 0) throw new Error(`no partition is being moved: ${said}`);
  child.kill('SIGKILL');
  await ended;
}

/** Waits for a number of partitions that are being moved. @returns the last number */
function untilMoving(world: World, until: (count: number) => boolean): Promise<number> {
  const connection = forwardedConnection(world.kubectl, world.config, CLIENT_IDS.brokers);
  const count = async (): Promise<number> => (await readUnderWay(connection).catch(() => [])).length;
  return poll(count, { until, withinMs: STARTED_MS });
}

/** One of the new brokers, while partitions move: not those that the killed command has left. */
async function restarted(world: World): Promise<void> {
  const { kubectl, config } = world;
  await untilMoving(world, (count) => count === 0);
  await untilMoving(world, (count) => count > 0);
  const pod = config.brokers.nodePools.flatMap((pool) => {
    const id = ADDED[0];
    return id >= pool.firstId && id < pool.firstId + pool.replicas ? [brokerNames(config).pod({ id, pool })] : [];
  });
  await kubectl.run(['delete', 'pod', ...pod, '--wait=true']);
}

async function refusedToShrink(world: World): Promise<void> {
  const refusal = await deployConfig(world, smaller).then(
    () => 'deployed',
    (error: unknown) => (error instanceof ConfigError ? error.message : String(error)),
  );
  if (!/holds? replicas/.test(refusal)) throw new Error(`not refused: ${refusal}`);
}

async function drained(world: World): Promise<{ readonly summary: string }> {
  const { kubectl } = world;
  const [summary = ''] = (await brokers(world, 'grown', 'drain', ...ids)).split('\n');
  await deployConfig(world, smaller);
  const set = brokerNames(smaller).statefulSet({ name: ADDED_POOL });
  await kubectl.run(['delete', 'statefulset', set, '--ignore-not-found']);
  const leaving = new Set(ADDED.map((id) => `-${id}`));
  const left = await pollCluster(() => nodePods(world), {
    until: (pods) => pods.every(({ metadata }) => ![...leaving].some((end) => metadata.name.endsWith(end))),
    withinMs: GONE_MS,
  });
  await pollCluster(
    () =>
      brokers(world, 'first', 'unregister', ...ids).then(
        () => undefined,
        (error: unknown) => String(error),
      ),
    { until: (error) => error === undefined, withinMs: STARTED_MS },
  );
  await brokers(world, 'first', 'verify');
  return { summary: `${summary}; ${left.length} nodes are left` };
}
