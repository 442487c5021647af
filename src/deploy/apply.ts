import { UserError } from '../validation/user-error';
import { FIELD_MANAGER } from '../components/kafka-cluster/names';
import { namespaceMetadata } from '../kubernetes/namespace';
import { KubectlError, type Kubectl, type KubernetesObject } from './kubectl';
import { isBrokerSet, type Manifests } from './manifests';

/** Time limit for deleting a namespace without pods. */
const NAMESPACE_GOES_SECONDS = 10;

/**
 * Always uses the same field manager and forces conflicts. Otherwise an earlier `rollout undo`, `scale` or `edit` would
 * block the apply, and two managers would keep each other's fields forever.
 */
const APPLY = ['apply', '--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`];

interface ApplyProps {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Name of the kubectl context in messages. */
  readonly context: string;
  readonly manifests: Manifests;
  /** Called between the dry run and the apply. @default none */
  readonly beforeChange?: () => Promise<void>;
}

/**
 * Applies manifests after a dry run of all of them, so that a rejected object does not leave a partially applied state.
 * A missing namespace is created for the dry run, and deleted again if anything is rejected.
 * @throws {UserError} with all rejections
 */
export async function applyManifests(props: ApplyProps): Promise<void> {
  const { manifests, context, beforeChange } = props;
  const { directory } = manifests;
  const isNew = await makeNamespace(props);
  try {
    await apply(props, ['--dry-run=server']);
  } catch (error) {
    const left = isNew ? await removeNamespace(props) : '';
    throw refused(error, `${context} rejects a part of ${directory}; nothing was applied${left}`, props);
  }
  await beforeChange?.();
  await apply(props, []).catch((error: unknown) => {
    throw refused(error, `${context} rejects a part of ${directory}; the rest was applied`, props);
  });
}

const apply = ({ kubectl, manifests }: ApplyProps, options: readonly string[]): Promise<string> =>
  kubectl.run([...APPLY, ...options, ...manifests.files.flatMap((file) => ['--filename', file])]);

/** @returns whether the namespace did not exist */
async function makeNamespace({ kubectl, namespace, context }: ApplyProps): Promise<boolean> {
  const found = await kubectl.find<KubernetesObject>('namespace', namespace);
  if (found?.metadata.deletionTimestamp !== undefined) {
    throw new UserError(
      `The namespace ${namespace} of ${context} is being deleted; nothing was applied.`,
      `wait until it is gone (kubectl wait --for=delete namespace/${namespace}), then deploy again`,
    );
  }
  if (found !== undefined) return false;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: namespaceMetadata({ namespace }) };
  await kubectl.run([...APPLY, '--filename', '-'], { input: JSON.stringify(object) }).catch((error: unknown) => {
    throw notMade(error, context, object.metadata);
  });
  return true;
}

function notMade(error: unknown, context: string, { name, labels }: ReturnType<typeof namespaceMetadata>): unknown {
  if (!(error instanceof KubectlError)) return error;
  const all = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return new UserError(
    `${context} has no namespace ${name}, and refuses to create it; nothing was applied:\n  ${error.output.replaceAll('\n', '\n  ')}`,
    `have it created: kubectl --context ${context} create namespace ${name} && kubectl --context ${context} label namespace ${name} ${all.join(' ')}`,
  );
}

/** @returns a description of what could not be removed */
async function removeNamespace({ kubectl, namespace }: ApplyProps): Promise<string> {
  try {
    await kubectl.run(['delete', 'namespace', namespace, `--timeout=${NAMESPACE_GOES_SECONDS}s`]);
    return '';
  } catch {
    return ` but the namespace ${namespace}, which is empty and is being deleted`;
  }
}

/** Changes of immutable fields are the only rejection with a known remedy. */
const IMMUTABLE = /field is immutable|updates to statefulset spec for fields other than/;

const INVALID = /\b(Deployment|StatefulSet)(?:\.apps)? "([^"]+)" is invalid/;

function refused(error: unknown, what: string, props: ApplyProps): unknown {
  if (!(error instanceof KubectlError)) return error;
  const { output } = error;
  const fix = IMMUTABLE.test(output)
    ? [
        'restore the fields that cannot change in place, or delete the named object and deploy again (claims are kept)',
        ...deletions(output, props),
      ].join('\n      ')
    : undefined;
  return new UserError(`${what}:\n  ${output.replaceAll('\n', '\n  ')}`, fix);
}

/**
 * Commands to delete the workloads that the output reports as immutable. A StatefulSet of brokers is deleted without
 * its pods.
 */
function deletions(output: string, { context, namespace, manifests }: ApplyProps): readonly string[] {
  return output.split('\n').flatMap((line) => {
    const [, kind, name] = INVALID.exec(line) ?? [];
    if (kind === undefined || name === undefined || !IMMUTABLE.test(line)) return [];
    const isBrokers = manifests.objects.some((one) => isBrokerSet(one) && one.metadata.name === name);
    const orphan = isBrokers ? ' --cascade=orphan' : '';
    return [`kubectl --context ${context} -n ${namespace} delete ${kind.toLowerCase()} ${name}${orphan}`];
  });
}
