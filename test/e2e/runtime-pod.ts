import type { Platform } from '../../src/config/load';
import { workloadNames } from '../../src/render/names';
import type { World } from './world';

const CONFIG_MOUNT = '/etc/kafka-platform';

/** What a program of the runtime image needs to read the configuration of the platform. */
export const withConfig = (config: Platform): Required<Pick<RuntimePodProps, 'env' | 'configMap'>> => ({
  env: { PLATFORM_CONFIG: `${CONFIG_MOUNT}/platform.json` },
  configMap: { name: workloadNames(config).configMap, mountPath: CONFIG_MOUNT },
});

interface RuntimePodProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly configMap?: { readonly name: string; readonly mountPath: string };
}

/** A pod of the runtime image on the control plane's node, as the restricted standard wants it. */
export function runtimePod(
  { config, cluster }: World,
  { name, labels, command, env = {}, configMap }: RuntimePodProps,
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
          image: config.runtime.image,
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
