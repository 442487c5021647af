import { nodesText } from '../components/kafka-cluster/nodes';
import type { Platform } from '../platform/load';
import { ConfigError } from '../validation/problems';
import type { Progress } from '../console/progress';
import { awaited } from '../components/derived';
import { componentsOf } from '../platform/components';
import { UserError } from '../validation/user-error';
import { applicationsOf } from '../components/application/applications';
import { applyManifests } from './apply';
import { instanceOf, untilVolumesHold } from './claims';
import { readDns } from './dns';
import { removedBrokers } from './formed';
import { halfRolls } from './half-roll';
import { heldReplicas } from './held-replicas';
import { KubectlError, type Kubectl } from './kubectl';
import { readManifests, type Manifests } from './manifests';
import type { Claim, Node, StatefulSet, StorageClass } from './objects';
import { isImageSetting, preflightProblems, type ClusterFacts } from './preflight';
import { clearRuns, renderedJob, untilProvisioned, type Provisioned } from './provisioned';
import { prune } from './prune';
import { untilBrokersRolled } from './rollout';
import { untilServing } from './serving';
import { pollCluster } from './poll-cluster';

/** A kubelet lists its images every 30 s and reports them within another 10 s. */
const IMAGE_TOLD_MS = 45_000;

export interface DeployProps {
  readonly config: Platform;
  readonly kubectl: Kubectl;
  /** Name of the kubectl context in messages. */
  readonly context: string;
  /** Directory of the manifests, as written by `npm run synth`. */
  readonly manifests: string;
  /** Runs the topic and schema Jobs again even if they have already succeeded. @default false */
  readonly again?: boolean;
  readonly progress: Progress;
}

/**
 * Checks that the cluster can run the platform, applies the manifests, waits until everything is ready, and removes
 * objects that are no longer in the manifests.
 * @throws {ConfigError} before anything is applied, with all expected problems
 * @throws {UserError} as soon as a step fails
 */
export async function deploy(props: DeployProps): Promise<void> {
  const { config, kubectl, progress } = props;
  const manifests = readManifests(props.manifests);
  await progress.step('the cluster can run the platform', (note) => preflight(props, note));
  for (const text of await halfRolls(kubectl, config)) progress.line(text);
  await progress.step('manifests applied', () => apply(props, manifests));
  await progress.step(nodesText(config.brokers), (note) => untilBrokersRolled(kubectl, config, note));
  await progress.step('volumes have the configured size', () => untilVolumesHold(kubectl, config));
  await provisioned(props, manifests, 'topic');
  await progress.step('everything around them', (note) =>
    untilServing(kubectl, config, { components: awaited(componentsOf(config)), note }),
  );
  await provisioned(props, manifests, 'schema');
  const components = applicationsOf(config).map(({ name }) => name);
  if (components.length > 0)
    await progress.step('applications', (note) => untilServing(kubectl, config, { components, note }));
  await removeOld(props, manifests);
}

async function provisioned({ kubectl, progress }: DeployProps, manifests: Manifests, what: Provisioned) {
  const job = renderedJob(manifests.objects, what);
  if (job !== undefined) await progress.step(`${what}s`, () => untilProvisioned(kubectl, { what, job }));
}

/** The last step: old objects may be needed until all new ones work. */
async function removeOld({ config, kubectl, progress }: DeployProps, { objects }: Manifests): Promise<void> {
  const { removed, left } = await progress.step('objects of earlier releases removed', () =>
    prune(kubectl, config, objects),
  );
  if (removed.length > 0) progress.line(`  removed: ${removed.join(', ')}`);
  if (left.length > 0)
    progress.line(`  not rendered, and not removed because another manager applied it: ${left.join(', ')}`);
}

async function preflight({ config, kubectl, context }: DeployProps, note: (detail: string) => void): Promise<void> {
  const problems = await pollCluster(
    async () => preflightProblems(config, await readFacts(kubectl, { config, context })),
    {
      until: (found) => {
        const mayPass = found.length > 0 && found.every(({ path }) => isImageSetting(path));
        note(mayPass ? 'until every node reports the images' : '');
        return !mayPass;
      },
      withinMs: IMAGE_TOLD_MS,
    },
  );
  if (problems.length > 0) throw new ConfigError(`deploying to ${context}`, problems, 'nothing was applied');
}

async function readFacts(
  kubectl: Kubectl,
  { config, context }: Pick<DeployProps, 'config' | 'context'>,
): Promise<ClusterFacts> {
  try {
    const { serverVersion } = await kubectl.json<{ serverVersion: { minor: string } }>([
      'version',
      '--request-timeout=10s',
    ]);
    const [nodes, storageClasses, claims, statefulSets, priorityClasses, secrets, dns] = await Promise.all([
      kubectl.list<Node>('nodes'),
      kubectl.list<StorageClass>('storageclasses'),
      kubectl.list<Claim>('persistentvolumeclaims', instanceOf(config)),
      kubectl.list<StatefulSet>('statefulsets', instanceOf(config)),
      kubectl.list('priorityclasses').catch(() => undefined),
      config.imagePullSecrets === undefined ? undefined : secretNames(kubectl).catch(() => undefined),
      readDns(kubectl, config),
    ]);
    const minor = parseInt(serverVersion.minor, 10);
    const storage = { context, storageClasses, claims, statefulSets };
    const removed = removedBrokers(config, storage);
    const held = removed.length === 0 ? undefined : await heldReplicas(kubectl, config).catch(() => undefined);
    return { ...storage, minor, nodes, priorityClasses, secrets, dns, held };
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw unread(context, error);
  }
}

/** Names alone: what Secrets hold is not read. */
const secretNames = async (kubectl: Kubectl): Promise<readonly string[]> =>
  (await kubectl.run(['get', 'secrets', '--output', 'name']))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^secret\//, ''));

/** Only what says that there is no cluster is a matter of the context. */
const unread = (context: string, { output }: KubectlError): UserError =>
  /forbidden|unauthorized|must be logged in/i.test(output)
    ? new UserError(`The cluster ${context} refuses access to its objects:\n  ${output.replaceAll('\n', '\n  ')}`)
    : new UserError(
        `The cluster ${context} does not answer: ${output}`,
        'see kubectl config get-contexts, then name one with --context',
      );

const apply = ({ config, kubectl, context, again = false }: DeployProps, manifests: Manifests): Promise<void> =>
  applyManifests({
    kubectl,
    namespace: config.namespace,
    context,
    manifests,
    beforeChange: async () => {
      for (const what of ['topic', 'schema'] as const) {
        const job = renderedJob(manifests.objects, what);
        if (job !== undefined) await clearRuns(kubectl, config, { what, job, again });
      }
    },
  });
