import type { k8s } from 'cdk8s-plus-27';
import type { KafkaClusterConfig } from './config';
import { mebibytes } from '../../validation/units';
import { REPORTER_DIRECTORY } from '../../kubernetes/runtime-layout';
import { container } from '../../kubernetes/pod';

/**
 * Puts the jars that make a broker tell its metrics where the broker finds them: its own image has none.
 * @param mount of the directory that they are put into
 */
export function metricsReporter({ guard }: KafkaClusterConfig, mount: k8s.VolumeMount): k8s.Container {
  return container({
    name: 'metrics-reporter',
    image: guard.image,
    command: ['cp', '-R', `${REPORTER_DIRECTORY}/.`, mount.mountPath],
    memory: mebibytes(32),
    cpuMillicores: 10,
    volumeMounts: [mount],
  });
}
