import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { PlatformConfig } from '../src/constructs/platform-config';
import { SmokeTest } from '../src/constructs/smoke-test';
import { TopicProvisioning } from '../src/constructs/topic-provisioning';

/** What works with the cluster: the Job that makes its topics, the smoke test on demand. */
export class WorkloadsChart extends Chart {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'workloads');
    const configMap = new PlatformConfig(this, config).name;
    new TopicProvisioning(this, config, { configMap });
    new SmokeTest(this, config, { configMap });
  }
}
