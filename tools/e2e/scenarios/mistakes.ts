import type { Platform } from '../../../src/platform/load';
import { gibibytes } from '../../../src/validation/units';
import type { KubernetesObject } from '../../../src/deploy/kubectl';
import { readManifests } from '../../../src/deploy/manifests';
import { renderedJob } from '../../../src/deploy/provisioned';
import { SMOKE_TOPIC } from '../../../src/smoke/topic';
import { withPool } from '../../support/config';
import { environment, environmentWith } from '../environment';
import { deployConfig, withManifests } from '../manifests';
import type { Scenario } from '../scenario';
import { untilProven } from '../services';
import { untilWhole, type World } from '../world';

const PROVISIONED = ['topic', 'schema'] as const;

const { topics, brokers } = environment;

/** A mistake, and what the message that deploy ends with has to say of it. */
interface Mistake {
  readonly name: string;
  readonly config: Platform;
  readonly says: readonly (string | RegExp)[];
  /** Whether it is found before anything is applied. */
  readonly appliesNothing: boolean;
}

const MISTAKES: readonly Mistake[] = [
  {
    name: 'three settings that this cluster cannot follow',
    config: environmentWith({
      runtime: { image: 'kafka-platform-runtime:mistyped' },
      brokers: withPool(environmentWith({}).brokers, {
        storage: { size: gibibytes(8), storageClass: 'fast' },
        scheduling: { priorityClassName: 'mission-critical' },
      }),
    }),
    says: [
      'runtime.image = "kafka-platform-runtime:mistyped"',
      'brokers.nodePools.0.storage.storageClass = "fast"',
      'brokers.nodePools.0.scheduling.priorityClassName = "mission-critical"',
      /brokers\.nodePools\.0\.storage\.size = .*\n.*data-\S+ 4Gi/,
      'nothing was applied',
    ],
    appliesNothing: true,
  },
  {
    name: 'a topic with fewer partitions than it has',
    config: environmentWith({
      topics: topics.map((topic) =>
        topic.name === SMOKE_TOPIC ? { ...topic, partitions: topic.partitions - 1 } : topic,
      ),
    }),
    says: [SMOKE_TOPIC, /partitions/, /fix: /],
    appliesNothing: false,
  },
  {
    name: 'a class that the brokers do not have',
    config: environmentWith({
      brokers: { ...brokers, properties: { 'create.topic.policy.class.name': 'org.example.NamingPolicy' } },
    }),
    says: ['org.example.NamingPolicy', 'create.topic.policy.class.name'],
    appliesNothing: false,
  },
];

/** Each mistake ends in a message from which it is found, and the next deploy without it needs no other command. */
export const mistakesMade: Scenario = {
  name: 'deploys with mistakes, each undone by the next',
  run: async (world) => {
    await untilWhole(world);
    await withoutDns(world);
    for (const mistake of MISTAKES) {
      world.note(mistake.name);
      await make(world, mistake);
      if (!mistake.appliesNothing) await deployConfig(world, world.config);
    }
    await askedToRunAgain(world);
    const finding = await untilProven(world);
    return { ...finding, summary: `${MISTAKES.length + 1} mistakes told and undone; ${finding.summary}` };
  },
};

/** @throws when deploy does not fail, or fails without the words that are due */
async function make(world: World, { name, config, says, appliesNothing }: Mistake): Promise<void> {
  const before = await applied(world);
  const message = await deployConfig(world, config).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (message === undefined) throw new Error(`${name}: deploy ended well`);
  const missing = says.filter((part) => (typeof part === 'string' ? !message.includes(part) : !part.test(message)));
  if (missing.length > 0) throw new Error(`${name}: nothing of ${missing.join(', ')} in:\n${message}`);
  if (appliesNothing && (await applied(world)) !== before) throw new Error(`${name}: something was applied`);
}

/** What an apply would change. */
async function applied({ kubectl }: World): Promise<string> {
  const objects = await kubectl.list<KubernetesObject>('configmap,statefulset,deployment,job');
  return objects
    .map(
      ({ metadata: { name, uid, generation, resourceVersion } }) => `${name} ${uid} ${generation ?? resourceVersion}`,
    )
    .sort()
    .join();
}

/** Names do not resolve. */
async function withoutDns(world: World): Promise<void> {
  const system = world.kubectl.inNamespace('kube-system');
  const scale = (replicas: number) => system.run(['scale', 'deployment/coredns', `--replicas=${replicas}`]);
  await scale(0);
  try {
    await system.run(['wait', '--for=delete', 'pod', '--selector=k8s-app=kube-dns', '--timeout=60s']);
    const { config } = world;
    await make(world, {
      name: 'no DNS',
      config,
      says: ['kube-system', /DNS/, 'nothing was applied'],
      appliesNothing: true,
    });
  } finally {
    await scale(2);
    await system.run(['rollout', 'status', 'deployment/coredns', '--timeout=120s']);
  }
}

/** The Jobs of this catalogue have done their work: they run once more when that is asked for, and only then. */
async function askedToRunAgain(world: World): Promise<void> {
  const before = await jobs(world);
  await deployConfig(world, world.config);
  if ((await jobs(world)).join() !== before.join()) throw new Error('a deploy that changes nothing has run Jobs');
  await deployConfig(world, world.config, true);
  const same = (await jobs(world)).filter((job) => before.includes(job));
  if (same.length > 0) throw new Error(`not run again: ${same.join(', ')}`);
}

/** Of this catalogue; those of others stay as they are. */
const jobs = ({ config, kubectl }: World): Promise<readonly string[]> =>
  withManifests(config, async (directory) => {
    const { objects } = readManifests(directory);
    const names = PROVISIONED.map((what) => renderedJob(objects, what));
    const found = await kubectl.list<KubernetesObject>('jobs');
    return found
      .filter(({ metadata }) => names.includes(metadata.name))
      .map(({ metadata }) => `${metadata.name} ${metadata.uid}`)
      .sort();
  });
