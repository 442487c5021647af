import type { Platform } from '../../src/platform/load';
import { platformConfigMap } from '../../src/components/platform-config/platform-config';
import type { World } from './world';

const CONFIG_MOUNT = '/etc/kafka-platform';

/** What a program of the runtime image needs to read the platform's configuration. */
export const withConfig = (config: Platform): Required<Pick<RuntimePodProps, 'env' | 'configMap'>> => ({
  env: { PLATFORM_CONFIG: `${CONFIG_MOUNT}/platform.json` },
  configMap: { name: platformConfigMap(config), mountPath: CONFIG_MOUNT },
});

interface RuntimePodProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Image of the pod. @default the runtime image */
  readonly image?: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly configMap?: { readonly name: string; readonly mountPath: string };
}

/** A pod of the runtime image on the control plane's node, with the settings of the restricted security standard. */
export function runtimePod(
  { config, cluster }: World,
  { name, labels, image = config.runtime.image, command, env = {}, configMap }: RuntimePodProps,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: config.namespace, labels: { 'kafka-platform/e2e': 'true', ...labels } },
    spec: {
      restartPolicy: 'Never',
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      nodeName: `${cluster.name}-control-plane`,
      tolerations: [{ operator: 'Exists' }],
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'runtime',
          image,
          imagePullPolicy: 'IfNotPresent',
          command,
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: configMap === undefined ? [] : [{ name: 'config', mountPath: configMap.mountPath }],
        },
      ],
      volumes: configMap === undefined ? [] : [{ name: 'config', configMap: { name: configMap.name } }],
    },
  };
}
