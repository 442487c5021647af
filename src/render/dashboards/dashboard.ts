import { layout, type Section } from './layout';
import { panelJson } from './panel-json';
import { templating, type VariableName } from './variables';

/** The last version of Grafana's classic model; newer Grafanas read it, and older ones from 11 on. */
const SCHEMA_VERSION = 42;

const TAG = 'kafka-platform';

/** A dashboard, independent of the cluster that is chosen with its data source. */
export interface Dashboard {
  /** Last part of its `uid` and of its file's name; links depend on it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly VariableName[];
  readonly sections: readonly Section[];
}

/** `uid` by which Grafana knows a dashboard again. */
export const dashboardUid = ({ id }: Dashboard): string => `kafka-platform-${id}`;

/** A dashboard as Grafana imports it, in its classic model. */
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
