import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { PlatformConfig } from '../src/constructs/platform-config';

/** The configuration, for what works with the cluster. */
export class ConfigChart extends Chart {
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;

  constructor(scope: Construct, config: Platform) {
    super(scope, 'config');
    this.configMap = new PlatformConfig(this, config).name;
  }
}
