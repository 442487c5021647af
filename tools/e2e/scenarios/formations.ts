import { setTimeout as delay } from 'node:timers/promises';
import { brokersOf, votersOf } from '../../../src/components/kafka-cluster/nodes';
import type { Pod } from '../../../src/deploy/objects';
import { componentLabels } from '../../../src/kubernetes/labels';
import { pollCluster } from '../../../src/deploy/poll-cluster';
import { Dice } from '../../support/dice';
import { killGuard, scale, stopAll } from '../faults';
import { deployConfig } from '../manifests';
import type { Scenario } from '../scenario';
import { untilProven } from '../services';
import {
  GUARD_CONTAINER,
  describeCluster,
  nodePods,
  podName,
  setOf,
  untilWhole,
  type ClusterDescription,
  type World,
} from '../world';

const ROUNDS = 20;

/** Between the starts of two nodes: about as long as a pod takes until its guard runs. */
const LONGEST_DELAY_MS = 8_000;

/** Between the start of a guard and its end: before, while and after its volume is formatted. */
const LONGEST_LIFE_MS = 16_000;

/** A pod waits for its volume first. */
const GUARDED_MS = 60_000;

const FORMED_MS = 3 * 60_000;

/** Clusters form again and again, while nodes start at any time and a guard is killed: always one quorum of all controllers. */
export const formations: Scenario = {
  name: `${ROUNDS} clusters formed`,
  run: async (world) => {
    await untilWhole(world);
    await withoutClients(world);
    const seed = Date.now() % 1_000_000;
    const dice = new Dice(seed);
    const started = Date.now();
    const rounds: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      world.note(`${round} of ${ROUNDS}, seed ${seed}`);
      await withoutDisks(world);
      const since = Date.now();
      await startedAtAnyTime(world, dice);
      await untilFormed(world);
      rounds.push(Date.now() - since);
    }
    const durationMs = Date.now() - started;
    await deployConfig(world, world.config, true);
    const { ok, summary } = await untilProven(world);
    return { ok, durationMs, summary: `${ROUNDS} formations, each in ${range(rounds)}, seed ${seed}; ${summary}` };
  },
};

const range = (times: readonly number[]): string =>
  [Math.min(...times), Math.max(...times)].map((ms) => (ms / 1_000).toFixed(0)).join(' to ') + ' s';

/** Whoever uses the brokers would find other topics in each round, none of its own. They are deployed again at the end. */
const withoutClients = ({ kubectl }: World): Promise<string> =>
  kubectl.run(['delete', 'deployments', '--all', '--cascade=foreground', '--wait=true']);

async function withoutDisks(world: World): Promise<void> {
  const { kubectl, config } = world;
  for (const role of ['broker', 'controller'] as const) await stopAll(world, role);
  const selector = Object.entries(componentLabels(config, 'broker')).map(([name, value]) => `${name}=${value}`);
  await kubectl.run(['delete', 'persistentvolumeclaims', '--selector', selector.join(','), '--wait=true']);
}

/** Controllers start by their ids, as those of a set do, and nodes that are brokers alone at any time among them. */
async function startedAtAnyTime(world: World, dice: Dice): Promise<void> {
  const controllers = votersOf(world.config.brokers).map(({ id }) => id);
  const pauses = controllers.map(() => dice.between(0, LONGEST_DELAY_MS));
  const brokersAfter = dice.between(0, controllers.length * LONGEST_DELAY_MS);
  const victim = dice.pick(controllers);
  const life = dice.between(0, LONGEST_LIFE_MS);
  await Promise.all([
    controllersStarted(world, pauses),
    setOf(world, 'broker') === setOf(world, 'controller') ? undefined : brokersStarted(world, brokersAfter),
    guardKilled(world, victim, life),
  ]);
}

async function controllersStarted(world: World, pauses: readonly number[]): Promise<void> {
  for (const [index, pause] of pauses.entries()) {
    if (index > 0) await delay(pause);
    await scale(world, 'controller', index + 1);
  }
}

async function brokersStarted(world: World, afterMs: number): Promise<void> {
  await delay(afterMs);
  await scale(world, 'broker', brokersOf(world.config.brokers).length);
}

/** @throws when the node has no guard that could be killed */
async function guardKilled(world: World, nodeId: number, lifeMs: number): Promise<void> {
  const name = podName(world, nodeId);
  const pod = await pollCluster(async () => (await nodePods(world)).find(({ metadata }) => metadata.name === name), {
    until: (found) => found !== undefined && isGuarded(found),
    withinMs: GUARDED_MS,
  });
  if (pod === undefined || !isGuarded(pod)) throw new Error(`${name} has no guard after ${GUARDED_MS / 1_000} s`);
  await delay(lifeMs);
  await killGuard(pod);
}

function isGuarded({ status }: Pod): boolean {
  const guard = status.initContainerStatuses?.find(({ name }) => name === GUARD_CONTAINER);
  return guard !== undefined && guard.state.waiting === undefined && guard.state.terminated === undefined;
}

/** @throws unless all controllers are voters of one quorum, and all brokers serve */
async function untilFormed(world: World): Promise<void> {
  const found = await pollCluster(() => describeCluster(world).catch(() => undefined), {
    until: (description) => description !== undefined && isFormed(world, description),
    withinMs: FORMED_MS,
  });
  if (found === undefined || !isFormed(world, found)) throw new Error(`not formed: ${JSON.stringify(found)}`);
}

const isFormed = ({ config }: World, { voters, brokers }: ClusterDescription): boolean =>
  voters.map(({ id }) => id).join() ===
    votersOf(config.brokers)
      .map(({ id }) => id)
      .join() &&
  voters.every(({ isCaughtUp }) => isCaughtUp) &&
  brokers.filter(({ isFenced }) => !isFenced).length === brokersOf(config.brokers).length;
