import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { workloadNames } from '../render/names';
import { clientPod } from './client-pod';
import { platformMount } from './file-mount';
import { addProvisioningJob } from './provisioning-job';

/** The Job that makes the cluster's topics those of the catalogue. */
export class TopicProvisioning extends Construct {
  constructor(scope: Construct, config: Platform, props: { readonly configMap: string }) {
    super(scope, 'topic-provisioning');
    const component = 'topic-provisioning';
    const { topics, provisioning } = config;
    addProvisioningJob(this, config, {
      component,
      name: workloadNames(config).topicsJob,
      work: JSON.stringify({ topics, provisioning }),
      template: clientPod(config, { component, program: 'provision-topics', files: [platformMount(props.configMap)] }),
    });
  }
}
