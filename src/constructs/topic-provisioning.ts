import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { contentHash } from '../render/content-hash';
import { workloadNames } from '../render/names';
import { clientPod } from './client-pod';
import { objectLabels } from '../render/labels';

const HASH_LENGTH = 10;
const RETRIES = 3;

/**
 * The Job that makes the cluster's topics those of the catalogue. Its name changes with what it would do and with its
 * own pod: applied again it is the same finished Job, and nothing runs.
 */
export class TopicProvisioning extends Construct {
  constructor(scope: Construct, config: Platform, props: { readonly configMap: string }) {
    super(scope, 'topic-provisioning');
    const template = clientPod(config, { component: 'topic-provisioning', program: 'provision-topics', ...props });
    const { topics, provisioning } = config;
    const hash = contentHash({ work: JSON.stringify({ topics, provisioning }), template: JSON.stringify(template) });
    new k8s.KubeJob(this, 'job', {
      metadata: {
        name: workloadNames(config).topicsJob(hash.slice(0, HASH_LENGTH)),
        namespace: config.namespace,
        labels: objectLabels(config, 'topic-provisioning'),
      },
      spec: { backoffLimit: RETRIES, template },
    });
  }
}
