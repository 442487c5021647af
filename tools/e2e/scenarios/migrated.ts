import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { BROKER_CONTAINER } from '../../../src/components/kafka-cluster/names';
import { topicTarget } from '../../../src/components/kafka-cluster/topic-target';
import { listenerPorts } from '../../../src/components/kafka-cluster/listener-props';
import { platformConfigMap } from '../../../src/components/platform-config/platform-config';
import { applyTopics } from '../../../src/components/topics/apply';
import { forwardedConnection } from '../../../src/deploy/forwarded-connection';
import { parseConfig } from '../../../src/platform/load';
import { CLIENT_IDS } from '../../../src/protocol/client-ids';
import { find, renderObjects } from '../../support/manifests';
import { combined } from '../environment';
import { deployConfig } from '../manifests';
import type { Finding, Scenario } from '../scenario';
import { shell } from '../shell';
import { SoakPod } from '../soak-pod';
import { untilAllVote } from '../voters';
import { GUARD_CONTAINER, setOf, untilWhole, type World } from '../world';

const GUIDE = 'docs/guides/migrate-a-static-quorum.md';
const RELEASE = 'tools/e2e/release-0.1/brokers.k8s.yaml';

const LEAST_RECORDS = 10_000;
const VOTERS_MS = 2 * 60_000;

/** Between two nodes that restart: that release had a guard for this, whose image is not built any more. */
const READY_SECONDS = 20;

/**
 * A cluster that release 0.1 formed becomes one of this release, with the commands of the guide. Its namespace goes before and
 * afterwards.
 */
export const migrated: Scenario = {
  name: 'the static quorum of release 0.1 migrated',
  run: async (given) => {
    const world: World = { ...given, config: parseConfig(combined) };
    await withoutNamespace(world);
    const started = Date.now();
    await formedByRelease(world);
    const soak = await SoakPod.start(world);
    try {
      const { summary } = await throughGuide(world);
      await soak.untilAcked(LEAST_RECORDS);
      const verdict = await soak.finish();
      return { ok: verdict.ok, summary, durationMs: Date.now() - started, soak: verdict } satisfies Finding;
    } finally {
      await soak.remove();
      await withoutNamespace(world);
    }
  },
};

const withoutNamespace = ({ kubectl, config }: World): Promise<string> =>
  kubectl.run(['delete', 'namespace', config.namespace, '--ignore-not-found', '--wait=true']);

/** Deploys the brokers of release 0.1, the topics of the catalogue, and what the verifying writer needs. */
async function formedByRelease(world: World): Promise<void> {
  const { kubectl, config, note } = world;
  note('brokers of release 0.1');
  await kubectl.run(['create', 'namespace', config.namespace]);
  const items = [...ofRelease(world), find(renderObjects(config), 'ConfigMap', platformConfigMap(config))];
  await kubectl.run(['apply', '--filename', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  await kubectl.run(['rollout', 'status', `statefulset/${setOf(world, 'broker')}`, '--timeout=5m']);
  await applyTopics(topicTarget(config, forwardedConnection(kubectl, config, CLIENT_IDS.topics)));
}

interface SetOfRelease {
  readonly kind: string;
  readonly spec: {
    minReadySeconds?: number;
    readonly template: {
      readonly spec: {
        initContainers: { readonly name: string; image: string }[];
        readonly containers: { readonly name: string; readinessProbe?: object }[];
      };
    };
  };
}

/** Without the guard: pods are ready when the client port is open. */
function ofRelease({ config }: World): readonly object[] {
  const objects = parseAllDocuments(readFileSync(RELEASE, 'utf8')).map((document) => document.toJS() as object);
  const set = objects.find((object): object is SetOfRelease => (object as SetOfRelease).kind === 'StatefulSet');
  if (set === undefined) throw new Error(`${RELEASE} has no StatefulSet`);
  set.spec.minReadySeconds = READY_SECONDS;
  const pod = set.spec.template.spec;
  pod.initContainers = pod.initContainers.filter(({ name }) => name !== GUARD_CONTAINER);
  // What is left copies the reporter of metrics, which is in another image since.
  for (const container of pod.initContainers) container.image = config.guard.image;
  for (const container of pod.containers)
    if (container.name === BROKER_CONTAINER)
      container.readinessProbe = { tcpSocket: { port: listenerPorts(config.brokers.listeners).client } };
  return objects;
}

/** Each block of commands of the guide; the deploy stands between the last two. */
async function throughGuide(world: World): Promise<{ readonly summary: string }> {
  const blocks = commandsOf(readFileSync(GUIDE, 'utf8'));
  const [check = ''] = blocks.slice(-1);
  for (const block of blocks.slice(0, -1)) {
    world.note(block.split('\n')[0] ?? '');
    await typed(world, block);
  }
  await deployConfig(world, world.config);
  await untilWhole(world);
  await untilAllVote(world, VOTERS_MS);
  const printed = JSON.parse(await typed(world, check)) as { readonly voters: readonly unknown[] };
  return { summary: `${blocks.length} blocks of ${GUIDE}, ${printed.voters.length} voters` };
}

const commandsOf = (guide: string): readonly string[] =>
  [...guide.matchAll(/^ *```sh\n([^`]*)```/gm)].map(([, block = '']) => block.replaceAll(/^ {3}/gm, '').trim());

/** Runs commands as in the guide, for the cluster of the scenarios. */
const typed = ({ cluster }: World, block: string): Promise<string> =>
  shell('bash', ['-euc', `kubectl() { command kubectl --context '${cluster.context}' "$@"; }\n${block}`]);
