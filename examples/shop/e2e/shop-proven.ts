import { setTimeout as delay } from 'node:timers/promises';
import { applications, type ShopApplication } from '../applications';
import type { Pod } from '../../../src/deploy/objects';
import { VARIABLES } from '../src/process/variables';
import { untilServing } from '../../../src/deploy/serving';
import { poll } from '../../../src/waiting/poll';
import { componentLabels } from '../../../src/kubernetes/labels';
import { applicationDeployment, applicationsOf } from '../../../src/components/application/applications';
import { busiestBroker, freezePod, killPod, signalBroker } from '../../../tools/e2e/faults';
import { checkShopInCluster } from './check-shop';
import type { Scenario } from '../../../tools/e2e/scenario';
import { untilWhole, type World } from '../../../tools/e2e/world';

/** Beyond the consumers' session. */
const FREEZE_MS = 40_000;
const AT_WORK_MS = 10_000;

/** Longer than the grace period of a pod. */
const ENDED_MS = 120_000;

const namesOf = (kind: 'generator' | 'consumer'): readonly ShopApplication[] =>
  (Object.keys(applications) as ShopApplication[]).filter(
    (name) => ('group' in applications[name] ? 'consumer' : 'generator') === kind,
  );

/**
 * Consumers are scaled 1-3-1, frozen, and killed together with a broker. Then, for all that the shop has done since they
 * were deployed, whatever other scenarios did, and with orders among them that nobody can serve: each order is paid once in each topic, each page view counted once, and what
 * nobody can serve is one dead letter.
 */
export const shopProven: Scenario = {
  name: 'shop scaled, frozen and killed: paid once, counted once',
  run: async (world) => {
    await untilWhole(world);
    await untilAtWork(world);
    const started = Date.now();
    await switchFailures(world, true);
    await happen(world);
    await untilWhole(world);
    await untilAtWork(world);
    await Promise.all(namesOf('generator').map((name) => scale(world, name, 0)));
    world.note('until they have caught up');
    const { anomalies, ...counts } = await checkShopInCluster(world);
    await switchFailures(world, false);
    await Promise.all(
      applicationsOf(world.config).map(({ name, replicas }) => scale(world, name as ShopApplication, replicas)),
    );
    const found = Object.entries(anomalies).filter(([, count]) => count > 0);
    const ok = found.length === 0 && counts.orders > 0 && counts.pageViews > 0 && counts.deadLetters > 0;
    const summary = [
      `${counts.orders} orders, ${counts.pageViews} page views, ${counts.deadLetters} dead letters`,
      found.length === 0 ? 'nothing lost or twice' : found.map(([name, count]) => `${count} ${name}`).join(', '),
    ].join('; ');
    return { ok, summary, durationMs: Date.now() - started };
  },
};

async function happen(world: World): Promise<void> {
  const { note } = world;
  note('three of each');
  await Promise.all(namesOf('consumer').map((name) => scale(world, name, 3)));
  await untilAtWork(world);
  note('one of each frozen');
  const frozen = await Promise.all(namesOf('consumer').map(async (name) => (await podsOf(world, name)).slice(0, 1)));
  await Promise.all(frozen.flat().map((pod) => freezePod(pod, 'STOP')));
  await delay(FREEZE_MS);
  // The kubelet may have ended it before, as it did not answer.
  await Promise.all(frozen.flat().map((pod) => freezePod(pod, 'CONT').catch(() => undefined)));
  note('one of each');
  await Promise.all(namesOf('consumer').map((name) => scale(world, name, 1)));
  await delay(AT_WORK_MS);
  const pods = (await Promise.all(namesOf('consumer').map((name) => onlyPodOf(world, name)))).flat();
  note('all killed, and a broker');
  await Promise.all([signalBroker(world, await busiestBroker(world), 'KILL'), ...pods.map(killPod)]);
}

/** The pod that is left: those that end have no process to kill any more. */
async function onlyPodOf(world: World, name: ShopApplication): Promise<readonly Pod[]> {
  const pods = await poll(() => podsOf(world, name), { until: ({ length }) => length === 1, withinMs: ENDED_MS });
  if (pods.length !== 1) throw new Error(`${name} has ${pods.length} pods instead of one`);
  return pods;
}

const podsOf = ({ kubectl, config }: World, name: ShopApplication): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', componentLabels(config, name));

const scale = ({ kubectl, config }: World, name: ShopApplication, replicas: number): Promise<string> =>
  kubectl.run(['scale', 'deployment', applicationDeployment(config, name), `--replicas=${replicas}`]);

/** Whether some of the orders can never be served. */
const switchFailures = ({ kubectl, config }: World, on: boolean): Promise<string> =>
  kubectl.run([
    'set',
    'env',
    `deployment/${applicationDeployment(config, 'order-service')}`,
    `${VARIABLES.withFailures.name}${on ? '=true' : '-'}`,
  ]);

async function untilAtWork(world: World): Promise<void> {
  const components = applicationsOf(world.config).map(({ name }) => name);
  await untilServing(world.kubectl, world.config, { components, note: world.note });
  await delay(AT_WORK_MS);
}
