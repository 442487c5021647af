import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ObjectNaming } from './naming';
import { nameHash } from './content-hash';
import type { Identity } from './labels';
import { objectMetadata } from './object-metadata';

const RETRIES = 3;

interface ProvisioningJobProps extends Identity {
  /** @param hash hash of everything that determines the Job */
  readonly name: (hash: string) => string;
  /** Text of everything that the Job would apply. */
  readonly work: string;
  readonly template: k8s.PodTemplateSpec;
}

/**
 * A Job that applies the catalogue to the cluster. Its name contains a hash of its work and its pod. Applying an
 * unchanged Job again therefore finds the finished Job, and nothing runs.
 */
export function addProvisioningJob(
  scope: Construct,
  config: ObjectNaming,
  { name, work, template, ...identity }: ProvisioningJobProps,
): void {
  const hash = nameHash({ work, template: JSON.stringify(template) });
  new k8s.KubeJob(scope, 'job', {
    metadata: objectMetadata(config, identity, name(hash)),
    spec: { backoffLimit: RETRIES, template },
  });
}
