import type { Platform } from '../config/load';
import { ConfigError } from '../config/problems';
import type { Progress } from '../console/progress';
import { UserError } from '../console/user-error';
import { selectorLabels } from '../render/labels';
import { registryProvider } from '../render/registry-provider';
import { samplesOf } from '../render/samples';
import { KubectlError, type Kubectl, type KubernetesObject } from './kubectl';
import type { Node } from './objects';
import { IMAGE_SETTING, preflightProblems, type ClusterFacts } from './preflight';
import { untilProvisioned } from './provisioned';
import { untilBrokersRolled } from './rollout';
import { SERVING, untilServing } from './serving';
import { poll } from './poll';

/** A kubelet looks for images every 30 s and tells of them within 10 more. */
const IMAGE_TOLD_MS = 45_000;

export interface DeployProps {
  readonly config: Platform;
  readonly kubectl: Kubectl;
  /** Name of the cluster for messages. */
  readonly context: string;
  /** Of the manifests, as `npm run synth` wrote them. */
  readonly manifests: string;
  readonly progress: Progress;
}

/**
 * Applies the manifests when the cluster can take them, and waits until everything is as they say.
 * @throws {ConfigError} before anything is applied, with everything that would go wrong
 * @throws {UserError} as soon as something does go wrong
 */
export async function deploy(props: DeployProps): Promise<void> {
  const { config, kubectl, progress } = props;
  await progress.step('cluster can take it', (note) => preflight(props, note));
  await progress.step('manifests applied', () => apply(props));
  await progress.step(`${config.brokers.count} brokers`, (note) => untilBrokersRolled(kubectl, config, note));
  await progress.step('topics', () => untilProvisioned(kubectl, config, 'topic'));
  await progress.step('everything around them', (note) => untilServing(kubectl, config, { components: SERVING, note }));
  if (registryProvider(config) !== undefined)
    await progress.step('schemas', () => untilProvisioned(kubectl, config, 'schema'));
  const components = samplesOf(config).map(({ name }) => name);
  if (components.length > 0)
    await progress.step('sample applications', (note) => untilServing(kubectl, config, { components, note }));
}

async function preflight({ config, kubectl, context }: DeployProps, note: (detail: string) => void): Promise<void> {
  const problems = await poll(async () => preflightProblems(config, await readFacts(kubectl, { config, context })), {
    until: (found) => {
      const mayPass = found.length === 1 && found.every(({ path }) => path === IMAGE_SETTING);
      note(mayPass ? 'until every node tells of the runtime image' : '');
      return !mayPass;
    },
    withinMs: IMAGE_TOLD_MS,
  });
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
    const [nodes, storageClasses, claims] = await Promise.all([
      kubectl.list<Node>('nodes'),
      kubectl.list('storageclasses'),
      kubectl.list<KubernetesObject>('persistentvolumeclaims', selectorLabels(config, 'broker')),
    ]);
    return { context, minor: parseInt(serverVersion.minor, 10), nodes, storageClasses, claims };
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    throw new UserError(
      `The cluster ${context} does not answer: ${error.output}`,
      'see kubectl config get-contexts, then name one with --context',
    );
  }
}

/** Into a namespace that exists, everything is tried first without effect: refusals come before any change. */
async function apply({ config, kubectl, manifests, context }: DeployProps): Promise<void> {
  const command = ['apply', '--filename', manifests];
  if ((await kubectl.find('namespace', config.namespace)) !== undefined) {
    await kubectl.run([...command, '--dry-run=server']).catch((error: unknown) => {
      throw refused(error, `${context} refuses a part of ${manifests}; nothing was applied`);
    });
  }
  await kubectl.run(command).catch((error: unknown) => {
    throw refused(error, `${context} refuses a part of ${manifests}; the rest was applied`);
  });
}

function refused(error: unknown, what: string): unknown {
  if (!(error instanceof KubectlError)) return error;
  return new UserError(
    `${what}:\n  ${error.output.replaceAll('\n', '\n  ')}`,
    'what cannot change in place stands in the README under "In Kubernetes"',
  );
}
