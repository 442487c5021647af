import { k8s } from 'cdk8s-plus-27';
import { gibibytes, type Bytes } from '../validation/units';
import { pulledImage } from './image-registry';
import { cpuQuantity, memoryQuantity } from './quantity';
import type { PullSecrets } from './pull-secrets-props';
import { restrictedContainer, restrictedPod } from './pod-security';

interface PodProps extends Omit<k8s.PodSpec, 'securityContext'> {
  /** User id of the image. @default 1000 */
  readonly user?: number;
}

/** What holds for every pod: the restricted standard, no variables of Services, no token for the API server. */
export function pod(config: PullSecrets, { user, ...spec }: PodProps): k8s.PodSpec {
  return {
    // Images would interpret the environment variables of Services as settings (KAFKA_PORT, SCHEMA_REGISTRY_PORT).
    enableServiceLinks: false,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(user),
    ...pullSecretsOf(config),
    ...spec,
    containers: spec.containers.map(fromRegistry(config)),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(fromRegistry(config)) }),
  };
}

const fromRegistry =
  (config: PullSecrets) =>
  (one: k8s.Container): k8s.Container =>
    one.image === undefined ? one : { ...one, image: pulledImage(config, one.image) };

const pullSecretsOf = ({ imagePullSecrets = [] }: PullSecrets): Pick<k8s.PodSpec, 'imagePullSecrets'> =>
  imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) };

interface ContainerProps extends Omit<k8s.Container, 'env' | 'resources' | 'securityContext'> {
  readonly env?: Readonly<Record<string, string | k8s.EnvVarSource>>;
  readonly memory: Bytes;
  readonly cpuMillicores: number;
}

/** Settings of every container: no privileges, a read-only root file system, guaranteed memory, no CPU limit. */
export function container({ env = {}, memory, cpuMillicores, ...rest }: ContainerProps): k8s.Container {
  const size = k8s.Quantity.fromString(memoryQuantity(memory));
  const variables = Object.entries(env).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, valueFrom: value },
  );
  return {
    imagePullPolicy: 'IfNotPresent',
    ...(variables.length === 0 ? {} : { env: variables }),
    // A CPU limit would only delay requests.
    resources: {
      requests: { cpu: k8s.Quantity.fromString(cpuQuantity(cpuMillicores)), memory: size },
      limits: { memory: size },
    },
    securityContext: restrictedContainer,
    // `kubectl describe pod` then shows the last output of the container.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...rest,
  };
}

/**
 * Size limit of a directory for temporary files of a few megabytes. A pod that exceeds the limit is evicted, which
 * prevents a faulty program from filling the disk of its node.
 */
export const SMALL: k8s.EmptyDirVolumeSource = { sizeLimit: k8s.Quantity.fromString(memoryQuantity(gibibytes(1))) };

/** Writable directories of a container, each an empty directory with the lifetime of the pod. */
export function scratch(paths: readonly string[]): {
  readonly mounts: k8s.VolumeMount[];
  readonly volumes: k8s.Volume[];
} {
  const named = paths.map((mountPath) => ({ name: `scratch${mountPath.replaceAll('/', '-')}`, mountPath }));
  return { mounts: named, volumes: named.map(({ name }) => ({ name, emptyDir: SMALL })) };
}
