import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { objectLabels } from '../render/labels';
import { workloadNames } from '../render/names';
import { clientPod } from './client-pod';
import { SUBJECTS_FILE, platformMount, subjectsMount } from './file-mount';
import { addProvisioningJob } from './provisioning-job';

interface SchemaProvisioningProps {
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
  /** Subjects and schemas, as JSON. */
  readonly subjects: string;
}

/** The Job that registers the catalogue's schemas, and the schemas themselves. */
export class SchemaProvisioning extends Construct {
  /** Name of the ConfigMap with the subjects. */
  readonly subjectsMap: string;

  constructor(scope: Construct, config: Platform, { configMap, subjects }: SchemaProvisioningProps) {
    super(scope, 'schema-provisioning');
    const component = 'schema-provisioning';
    const names = workloadNames(config);
    this.subjectsMap = names.subjectsMap;
    new k8s.KubeConfigMap(this, 'subjects', {
      metadata: { name: this.subjectsMap, namespace: config.namespace, labels: objectLabels(config, component) },
      data: { [SUBJECTS_FILE]: subjects },
    });
    addProvisioningJob(this, config, {
      component,
      name: names.schemasJob,
      work: subjects,
      template: clientPod(config, {
        component,
        program: 'provision-schemas',
        files: [platformMount(configMap), subjectsMount(this.subjectsMap)],
      }),
    });
  }
}
