import type { k8s } from 'cdk8s-plus-27';
import type { ClientPodConfig } from './client-pod-config';
import { mebibytes } from '../validation/units';
import { CLIENT_LABEL, objectLabels, type Identity } from './labels';
import type { FileMount } from './file-mount';
import { container, pod } from './pod';
import { runtimeCommand } from './runtime-command';
import { scheduled } from './scheduling';

interface ClientPodProps extends Identity {
  readonly program: string;
  /** Files that the program reads. */
  readonly files: readonly FileMount[];
}

/** Pod template that runs a program of the runtime image to completion, as a client of the platform. */
export function clientPod(
  config: ClientPodConfig,
  { program, files, ...identity }: ClientPodProps,
): k8s.PodTemplateSpec {
  return {
    metadata: { labels: { ...objectLabels(config, identity), ...CLIENT_LABEL } },
    spec: pod(config, {
      ...scheduled(config.scheduling),
      restartPolicy: 'Never',
      containers: [
        container({
          name: identity.component,
          image: config.runtime.image,
          command: runtimeCommand(program),
          env: Object.assign({}, ...files.map(({ env }) => env)) as Record<string, string>,
          memory: mebibytes(256),
          cpuMillicores: 50,
          volumeMounts: files.map(({ mount }) => mount),
        }),
      ],
      volumes: files.map(({ volume }) => volume),
    }),
  };
}
