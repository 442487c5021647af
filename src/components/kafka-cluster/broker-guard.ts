import { k8s } from 'cdk8s-plus-27';
import type { KafkaClusterConfig } from './config';
import { CONFIG_FILES } from './start-script';
import { container } from '../../kubernetes/pod';
import { runtimeCommand } from '../../kubernetes/runtime-command';

/** Node's own heap; the rest of the memory is code and buffers. */
const HEAP_SHARE = 0.5;

interface GuardMounts {
  readonly config: k8s.VolumeMount;
  /** Of the directory that changes in place. */
  readonly live: k8s.VolumeMount;
  /** Of the node's claims. */
  readonly volumes: readonly k8s.VolumeMount[];
}

/**
 * The guard beside a broker, a sidecar that starts before the broker and ends after it.
 * @param mounts of the brokers' files, and of the volumes, which it only reads
 */
export function brokerGuard({ guard }: KafkaClusterConfig, { config, live, volumes }: GuardMounts): k8s.Container {
  return container({
    name: 'guard',
    image: guard.image,
    command: runtimeCommand('guard', { heap: guard.memory * HEAP_SHARE }),
    env: {
      GUARD_SETTINGS: `${config.mountPath}/${CONFIG_FILES.guard}`,
      GUARD_BROKERS: `${live.mountPath}/${CONFIG_FILES.brokers}`,
      // The ordinals of a node pool's set begin at its first id.
      NODE_ID: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
    },
    ports: [{ name: 'guard', containerPort: guard.port }],
    readinessProbe: {
      httpGet: { path: '/ready', port: k8s.IntOrString.fromString('guard') },
      periodSeconds: 2,
      timeoutSeconds: 2,
      failureThreshold: 1,
    },
    livenessProbe: {
      httpGet: { path: '/status', port: k8s.IntOrString.fromString('guard') },
      periodSeconds: 10,
      timeoutSeconds: 5,
      // One that starts anew has to look at everything again: no help to a node that is short of CPU.
      failureThreshold: 12,
    },
    memory: guard.memory,
    cpuMillicores: guard.cpuMillicores,
    volumeMounts: [config, live, ...volumes.map((volume) => ({ ...volume, readOnly: true }))],
  });
}
