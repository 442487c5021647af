import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaClusterConfig } from './config';
import { brokersFile } from './guard/settings';
import { kubernetesLayout } from './kubernetes-layout';
import { objectMetadata } from '../../kubernetes/object-metadata';
import { BROKER_IDENTITY } from './labels';
import { brokerNames } from './names';
import { CONFIG_FILES } from './start-script';

/** What its files are made of. */
export type LiveConfigProps = KafkaClusterConfig;

/**
 * What changes in place, as nodes that run would be restarted for nothing: what they read when they format an empty volume,
 * and the brokers that guards ask.
 */
export class LiveConfig extends Construct {
  /** Name of the ConfigMap; it never changes. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: LiveConfigProps) {
    super(scope, id);
    this.name = brokerNames(props).liveConfigMap;
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: objectMetadata(props, BROKER_IDENTITY, this.name),
      data: {
        [CONFIG_FILES.metadataVersion]: `${props.brokers.metadataVersion}\n`,
        [CONFIG_FILES.brokers]: `${JSON.stringify(brokersFile(props, kubernetesLayout(props)), null, 2)}\n`,
      },
    });
  }
}
