import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { platformMount, subjectsMount } from '../src/constructs/file-mount';
import { SmokeTest } from '../src/constructs/smoke-test';
import { TopicProvisioning } from '../src/constructs/topic-provisioning';

interface WorkloadsChartProps {
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
  /** Name of the ConfigMap with the subjects; nothing without a registry. */
  readonly subjectsMap: string | undefined;
}

/** What works with the cluster: the Job that makes its topics, the smoke test on demand. */
export class WorkloadsChart extends Chart {
  constructor(scope: Construct, config: Platform, { configMap, subjectsMap }: WorkloadsChartProps) {
    super(scope, 'workloads');
    new TopicProvisioning(this, config, { configMap });
    new SmokeTest(this, config, [
      platformMount(configMap),
      ...(subjectsMap === undefined ? [] : [subjectsMount(subjectsMap)]),
    ]);
  }
}
