import { Construct } from 'constructs';
import type { TopicsConfig } from './config';
import { clientPod } from '../../kubernetes/client-pod';
import { platformMount } from '../../kubernetes/file-mount';
import { OWN_APPLICATION, type Identity } from '../../kubernetes/labels';
import { addProvisioningJob } from '../../kubernetes/provisioning-job';

const IDENTITY: Identity = { application: OWN_APPLICATION, component: 'topic-provisioning' };

/** Props of the topic Job. */
export interface TopicProvisioningProps extends TopicsConfig {
  /** Names of the ConfigMaps with the configuration, as provided by `PlatformConfig`. */
  readonly configMaps: readonly string[];
}

/** The Job that applies the catalogue of topics to the cluster. */
export class TopicProvisioning extends Construct {
  constructor(scope: Construct, id: string, props: TopicProvisioningProps) {
    super(scope, id);
    const { topics, provisioning, configMaps } = props;
    addProvisioningJob(this, props, {
      ...IDENTITY,
      name: (hash) => `${props.name}-topics-${hash}`,
      work: JSON.stringify({ topics, provisioning }),
      template: clientPod(props, { ...IDENTITY, program: 'provision-topics', files: [platformMount(configMaps)] }),
    });
  }
}
