import { k8s } from 'cdk8s-plus-27';
import type { Platform } from '../config/load';
import { CLIENT_LABEL } from '../render/network-flows';
import { objectLabels, type Component } from '../render/labels';
import { PLATFORM_FILE } from './platform-config';
import { restrictedContainer, restrictedPod } from './pod-security';
import { runtimeCommand, type RuntimeProgram } from './runtime-command';

const CONFIG = 'config';
const CONFIG_MOUNT = '/etc/kafka-platform';

interface ClientPodProps {
  readonly component: Component;
  readonly program: RuntimeProgram;
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
}

/** Template of a pod that runs a program of the runtime image once, as a client of the brokers. */
export function clientPod(config: Platform, { component, program, configMap }: ClientPodProps): k8s.PodTemplateSpec {
  return {
    metadata: { labels: { ...objectLabels(config, component), ...CLIENT_LABEL } },
    spec: {
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: restrictedPod,
      containers: [
        {
          name: component,
          image: config.runtime.image,
          imagePullPolicy: 'IfNotPresent',
          command: runtimeCommand(program),
          env: [{ name: 'PLATFORM_CONFIG', value: `${CONFIG_MOUNT}/${PLATFORM_FILE}` }],
          resources: {
            requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('256Mi') },
            limits: { memory: k8s.Quantity.fromString('256Mi') },
          },
          securityContext: restrictedContainer,
          terminationMessagePolicy: 'FallbackToLogsOnError',
          volumeMounts: [{ name: CONFIG, mountPath: CONFIG_MOUNT, readOnly: true }],
        },
      ],
      volumes: [{ name: CONFIG, configMap: { name: configMap } }],
    },
  };
}
