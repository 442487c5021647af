import { layout, type Section } from './layout';
import { panelJson } from './panel-json';
import { templating, type VariableName } from './variables';

/** The last version of Grafana's classic dashboard model; Grafana 11 and newer read it. */
const SCHEMA_VERSION = 42;

const TAG = 'kafka-platform';

/** A dashboard that works for any cluster; its data source selects the cluster. */
export interface Dashboard {
  /** Last part of the dashboard's `uid` and file name; links depend on it. */
  readonly id: string;
  /** Title in Grafana. */
  readonly title: string;
  /** Description in Grafana. */
  readonly description: string;
  /** Variables whose values the user selects. */
  readonly variables: readonly VariableName[];
  /** Rows of panels. */
  readonly sections: readonly Section[];
}

/** The `uid` by which Grafana identifies the dashboard. */
export const dashboardUid = ({ id }: Dashboard): string => `kafka-platform-${id}`;

/** The dashboard in Grafana's classic model, ready for import. */
export const dashboardJson = (dashboard: Dashboard) => ({
  uid: dashboardUid(dashboard),
  title: dashboard.title,
  description: dashboard.description,
  tags: [TAG],
  schemaVersion: SCHEMA_VERSION,
  editable: false,
  graphTooltip: 1,
  timezone: 'browser',
  time: { from: 'now-3h', to: 'now' },
  refresh: '30s',
  templating: templating(dashboard.variables),
  links: [
    {
      type: 'dashboards',
      title: 'Kafka',
      tags: [TAG],
      asDropdown: true,
      keepTime: true,
      includeVars: true,
      icon: 'external link',
    },
  ],
  annotations: { list: [] },
  panels: layout(dashboard.sections).map(panelJson),
});
