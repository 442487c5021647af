import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { Dashboards } from '../src/constructs/dashboards';

/** What Grafana shows. */
export class DashboardsChart extends Chart {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'dashboards');
    new Dashboards(this, config);
  }
}
