import { k8s } from 'cdk8s-plus-27';
import type { Bytes } from '../config/units';
import { cpuQuantity, memoryQuantity } from '../render/quantity';
import { restrictedContainer, restrictedPod } from './pod-security';

interface PodProps extends Omit<k8s.PodSpec, 'securityContext'> {
  /** Of the image, as number. @default 1000 */
  readonly user?: number;
}

/** What holds for every pod: the restricted standard, no variables of Services, no token for the API server. */
export function pod({ user, ...spec }: PodProps): k8s.PodSpec {
  return {
    // Services would appear as variables, which images take for settings (KAFKA_PORT, SCHEMA_REGISTRY_PORT).
    enableServiceLinks: false,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(user),
    ...spec,
  };
}

interface ContainerProps extends Omit<k8s.Container, 'env' | 'resources' | 'securityContext'> {
  readonly env?: Readonly<Record<string, string | k8s.EnvVarSource>>;
  readonly memory: Bytes;
  readonly cpuMillicores: number;
}

/** What holds for every container: no rights, no writing to its root, memory that is there, no limit of CPU. */
export function container({ env = {}, memory, cpuMillicores, ...rest }: ContainerProps): k8s.Container {
  const size = k8s.Quantity.fromString(memoryQuantity(memory));
  const variables = Object.entries(env).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, valueFrom: value },
  );
  return {
    imagePullPolicy: 'IfNotPresent',
    ...(variables.length === 0 ? {} : { env: variables }),
    // A CPU limit would only stall requests.
    resources: {
      requests: { cpu: k8s.Quantity.fromString(cpuQuantity(cpuMillicores)), memory: size },
      limits: { memory: size },
    },
    securityContext: restrictedContainer,
    // What it ended with shows in `kubectl describe pod`.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    ...rest,
  };
}

/** Directories that a container writes to, each an empty one that goes with the pod. */
export function scratch(paths: readonly string[]): {
  readonly mounts: k8s.VolumeMount[];
  readonly volumes: k8s.Volume[];
} {
  const named = paths.map((mountPath) => ({ name: `scratch${mountPath.replaceAll('/', '-')}`, mountPath }));
  return { mounts: named, volumes: named.map(({ name }) => ({ name, emptyDir: {} })) };
}
