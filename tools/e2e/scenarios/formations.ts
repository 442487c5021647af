import { setTimeout as delay } from 'node:timers/promises';
import { brokersOf, votersOf } from '../../../src/components/kafka-cluster/nodes';
import { componentLabels } from '../../../src/kubernetes/labels';
import { poll } from '../../../src/waiting/poll';
import { Dice } from '../../support/dice';
import { killGuard, scale, stopAll } from '../faults';
import { deployConfig } from '../manifests';
import type { Scenario } from '../scenario';
import { untilProven } from '../services';
import { describeCluster, nodePod, untilWhole, type ClusterDescription, type World } from '../world';

const ROUNDS = 20;

/** Between the starts of two nodes, and before a guard is killed. */
const LONGEST_DELAY_MS = 8_000;

const FORMED_MS = 3 * 60_000;

/** Clusters form again and again, while nodes start in any order and a guard is killed: always one quorum of all controllers. */
export const formations: Scenario = {
  name: `${ROUNDS} clusters formed`,
  run: async (world) => {
    await untilWhole(world);
    const seed = Date.now() % 1_000_000;
    const dice = new Dice(seed);
    const started = Date.now();
    for (let round = 1; round <= ROUNDS; round += 1) {
      world.note(`${round} of ${ROUNDS}, seed ${seed}`);
      await withoutDisks(world);
      await startedInAnyOrder(world, dice);
      await untilFormed(world);
    }
    const durationMs = Date.now() - started;
    await deployConfig(world, world.config, true);
    const finding = await untilProven(world);
    return { ...finding, durationMs, summary: `${ROUNDS} formations, seed ${seed}; ${finding.summary}` };
  },
};

async function withoutDisks(world: World): Promise<void> {
  const { kubectl, config } = world;
  for (const role of ['broker', 'controller'] as const) await stopAll(world, role);
  const selector = Object.entries(componentLabels(config, 'broker')).map(([name, value]) => `${name}=${value}`);
  await kubectl.run(['delete', 'persistentvolumeclaims', '--selector', selector.join(','), '--wait=true']);
}

/** Nodes of a set start by their ids; brokers among the controllers, anywhere. */
async function startedInAnyOrder(world: World, dice: Dice): Promise<void> {
  const controllers = votersOf(world.config.brokers).map(({ id }) => id);
  const brokersStart = scaledAfter(world, 'broker', dice.between(0, controllers.length * LONGEST_DELAY_MS));
  const victim = dice.pick(controllers);
  for (const [index, id] of controllers.entries()) {
    await scale(world, 'controller', index + 1);
    await delay(dice.between(0, LONGEST_DELAY_MS));
    // A pod that is not there yet has no guard to kill.
    if (id === victim)
      await nodePod(world, id)
        .then(killGuard)
        .catch(() => undefined);
  }
  await brokersStart;
}

async function scaledAfter(world: World, role: 'broker', ms: number): Promise<void> {
  await delay(ms);
  await scale(world, role, brokersOf(world.config.brokers).length);
}

/** @throws unless all controllers are voters of one quorum, and all brokers serve */
async function untilFormed(world: World): Promise<void> {
  const found = await poll(() => describeCluster(world).catch(() => undefined), {
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
