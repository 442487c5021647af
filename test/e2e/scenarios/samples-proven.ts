import { setTimeout as delay } from 'node:timers/promises';
import { SAMPLES, SAMPLE_SETTINGS, type SampleName } from '../../../src/config/samples';
import type { Pod } from '../../../src/kubernetes/objects';
import { untilServing } from '../../../src/kubernetes/serving';
import { selectorLabels } from '../../../src/render/labels';
import { workloadNames } from '../../../src/render/names';
import { samplesOf } from '../../../src/render/samples';
import { busiestBroker, freezePod, killPod, signalBroker } from '../faults';
import { judgeSamplesInCluster } from '../judge-samples';
import type { Scenario } from '../scenario';
import { untilWhole, type World } from '../world';

/** Beyond the consumers' session. */
const FREEZE_MS = 40_000;
const AT_WORK_MS = 10_000;

const namesOf = (kind: 'generator' | 'consumer'): readonly SampleName[] =>
  SAMPLE_SETTINGS.map((setting) => SAMPLES[setting])
    .filter((sample) => sample.kind === kind)
    .map(({ name }) => name);

/**
 * Consumers are scaled 1-3-1, frozen, and killed together with a broker. Then, for all that the samples have done since they
 * were deployed, whatever other scenarios did: each order is paid once in each topic, each page view counted once, and what
 * nobody can serve is one dead letter.
 */
export const samplesProven: Scenario = {
  name: 'samples scaled, frozen and killed: paid once, counted once',
  run: async (world) => {
    await untilWhole(world);
    await untilAtWork(world);
    const started = Date.now();
    await happen(world);
    await untilWhole(world);
    await untilAtWork(world);
    await Promise.all(namesOf('generator').map((name) => scale(world, name, 0)));
    world.note('until they are through');
    const { flaws, ...counts } = await judgeSamplesInCluster(world);
    await Promise.all(samplesOf(world.config).map(({ name, replicas }) => scale(world, name, replicas)));
    const found = Object.entries(flaws).filter(([, count]) => count > 0);
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
  note('all killed, and a broker');
  const pods = (await Promise.all(namesOf('consumer').map((name) => podsOf(world, name)))).flat();
  await Promise.all([signalBroker(world, await busiestBroker(world), 'KILL'), ...pods.map(killPod)]);
}

const podsOf = ({ kubectl, config }: World, name: SampleName): Promise<readonly Pod[]> =>
  kubectl.list<Pod>('pods', selectorLabels(config, name));

const scale = ({ kubectl, config }: World, name: SampleName, replicas: number): Promise<string> =>
  kubectl.run(['scale', 'deployment', workloadNames(config).sample(name), `--replicas=${replicas}`]);

async function untilAtWork(world: World): Promise<void> {
  const components = samplesOf(world.config).map(({ name }) => name);
  await untilServing(world.kubectl, world.config, { components, note: world.note });
  await delay(AT_WORK_MS);
}
