import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { contentHash } from '../render/content-hash';
import { objectLabels, type Component } from '../render/labels';

const HASH_LENGTH = 10;
const RETRIES = 3;

interface ProvisioningJobProps {
  readonly component: Component;
  /** @param hash of everything that the Job is made of */
  readonly name: (hash: string) => string;
  /** All that the Job would do, as text. */
  readonly work: string;
  readonly template: k8s.PodTemplateSpec;
}

/**
 * A Job that makes something in the cluster what the catalogue says. Its name changes with what it would do and with its
 * own pod: applied again it is the same finished Job, and nothing runs.
 */
export function addProvisioningJob(
  scope: Construct,
  config: Platform,
  { component, name, work, template }: ProvisioningJobProps,
): void {
  const hash = contentHash({ work, template: JSON.stringify(template) });
  new k8s.KubeJob(scope, 'job', {
    metadata: {
      name: name(hash.slice(0, HASH_LENGTH)),
      namespace: config.namespace,
      labels: objectLabels(config, component),
    },
    spec: { backoffLimit: RETRIES, template },
  });
}
