import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Naming } from '../../kubernetes/naming';
import { objectMetadata } from '../../kubernetes/object-metadata';
import { BROKER_IDENTITY } from './labels';
import { brokerNames } from './names';
import type { BrokersProps } from './props';
import { CONFIG_FILES } from './start-script';

/** What formatting depends on. */
export interface FormatConfigProps extends Naming {
  /** Their metadata version alone is read. */
  readonly brokers: BrokersProps;
}

/**
 * What nodes read only when they format an empty volume, in a ConfigMap that changes in place: nodes that have formatted
 * theirs would be restarted for nothing.
 */
export class FormatConfig extends Construct {
  /** Name of the ConfigMap; it never changes. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: FormatConfigProps) {
    super(scope, id);
    this.name = brokerNames(props).formatConfigMap;
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: objectMetadata(props, BROKER_IDENTITY, this.name),
      data: { [CONFIG_FILES.metadataVersion]: `${props.brokers.metadataVersion}\n` },
    });
  }
}
