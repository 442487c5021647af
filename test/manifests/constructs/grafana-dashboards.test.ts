import {
  GrafanaDashboards,
  type GrafanaDashboardsProps,
} from '../../../src/components/grafana-dashboards/grafana-dashboards';
import type { Dashboard } from '../../../src/monitoring/dashboard';
import { made, named, testProps, type TestedProps } from '../../support/construct';
import { naming } from '../../support/construct-props';

const dashboard: Dashboard = { id: 'queue', title: 'Queue', description: 'A queue', variables: [], sections: [] };
const { name, namespace } = naming;
const props: GrafanaDashboardsProps = { name, namespace, dashboards: [dashboard] };

const tested: TestedProps<GrafanaDashboardsProps> = {
  name: ['invoices', 'name: invoices-dashboards-queue'],
  namespace: ['elsewhere', 'namespace: elsewhere'],
  dashboards: [[{ ...dashboard, title: 'Others' }], '"title": "Others"'],
};

testProps(GrafanaDashboards, props, tested);

it('is a ConfigMap for each dashboard, with the label for Grafana', () => {
  const { objects } = made(GrafanaDashboards, { ...props, dashboards: [dashboard, { ...dashboard, id: 'other' }] });
  expect(named(objects)).toEqual(['ConfigMap orders-dashboards-queue', 'ConfigMap orders-dashboards-other']);
  expect(objects.map(({ metadata }) => metadata.labels['grafana_dashboard'])).toEqual(['1', '1']);
});
