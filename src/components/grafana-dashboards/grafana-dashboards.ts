import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { OWN_APPLICATION, type Identity } from '../../kubernetes/labels';
import type { ObjectNaming } from '../../kubernetes/naming';
import { objectMetadata } from '../../kubernetes/object-metadata';
import { dashboardJson, type Dashboard } from '../../monitoring/dashboard';

/** Label by which the sidecar of Grafana's Helm chart finds dashboards in the namespaces that it watches. */
const GRAFANA_LABEL = { grafana_dashboard: '1' } as const;

const IDENTITY: Identity = { application: OWN_APPLICATION, component: 'dashboards' };

/** Props of the dashboards' ConfigMaps. */
export interface GrafanaDashboardsProps extends ObjectNaming {
  /** Dashboards of components, as returned by `dashboardsOf`. */
  readonly dashboards: readonly Dashboard[];
}

/** One ConfigMap for each dashboard: all dashboards together could exceed the size limit of a ConfigMap. */
export class GrafanaDashboards extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: GrafanaDashboardsProps,
  ) {
    super(scope, id);
    for (const dashboard of props.dashboards) this.addConfigMap(dashboard);
  }

  private addConfigMap(dashboard: Dashboard): void {
    const metadata = objectMetadata(this.props, IDENTITY, `${this.props.name}-dashboards-${dashboard.id}`);
    new k8s.KubeConfigMap(this, dashboard.id, {
      metadata: { ...metadata, labels: { ...metadata.labels, ...GRAFANA_LABEL } },
      data: { [`${dashboard.id}.json`]: `${JSON.stringify(dashboardJson(dashboard), null, 2)}\n` },
    });
  }
}
