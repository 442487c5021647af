import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { workloadNames } from '../render/names';
import { objectLabels } from '../render/labels';

/** File of the configuration in its ConfigMap. */
export const PLATFORM_FILE = 'platform.json';

/** The whole configuration, for the programs that work with the cluster; brokers do not read it. */
export class PlatformConfig extends Construct {
  readonly name: string;

  constructor(scope: Construct, config: Platform) {
    super(scope, 'platform-config');
    this.name = workloadNames(config).configMap;
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { name: this.name, namespace: config.namespace, labels: objectLabels(config, 'platform') },
      data: { [PLATFORM_FILE]: `${JSON.stringify(config, null, 2)}\n` },
    });
  }
}
