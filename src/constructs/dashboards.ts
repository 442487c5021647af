import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { dashboards } from '../render/dashboards';
import { dashboardJson } from '../render/dashboards/dashboard';
import { objectLabels } from '../render/labels';
import { workloadNames } from '../render/names';

/** By which the sidecar of Grafana's chart finds dashboards, in whichever namespaces it watches. */
const GRAFANA_LABEL = { grafana_dashboard: '1' } as const;

/** The dashboards, a ConfigMap for each: together they could outgrow what one may hold. */
export class Dashboards extends Construct {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'dashboards');
    for (const dashboard of dashboards(config)) {
      new k8s.KubeConfigMap(this, dashboard.id, {
        metadata: {
          name: `${workloadNames(config).dashboards}-${dashboard.id}`,
          namespace: config.namespace,
          labels: { ...objectLabels(config, 'dashboards'), ...GRAFANA_LABEL },
        },
        data: { [`${dashboard.id}.json`]: `${JSON.stringify(dashboardJson(dashboard), null, 2)}\n` },
      });
    }
  }
}
