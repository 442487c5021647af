import type { k8s } from 'cdk8s-plus-27';
import type { Platform } from '../config/load';
import { mebibytes } from '../config/units';
import { CLIENT_LABEL } from '../render/network-flows';
import { objectLabels, type Component } from '../render/labels';
import type { FileMount } from './file-mount';
import { container, pod } from './pod';
import { runtimeCommand, type RuntimeProgram } from './runtime-command';

interface ClientPodProps {
  readonly component: Component;
  readonly program: RuntimeProgram;
  /** What the program reads. */
  readonly files: readonly FileMount[];
}

/** Template of a pod that runs a program of the runtime image once, as a client of the platform. */
export function clientPod(config: Platform, { component, program, files }: ClientPodProps): k8s.PodTemplateSpec {
  return {
    metadata: { labels: { ...objectLabels(config, component), ...CLIENT_LABEL } },
    spec: pod({
      restartPolicy: 'Never',
      containers: [
        container({
          name: component,
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
