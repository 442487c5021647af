import { componentsOf } from '../../../../src/platform/components';
import { Testing } from 'cdk8s';
import { loadConfig } from '../../../../tools/support/environments';
import { GrafanaDashboards } from '../../../../src/components/grafana-dashboards/grafana-dashboards';
import { dashboardsOf } from '../../../../src/components/derived';
import { dashboardUid } from '../../../../src/monitoring/dashboard';
import type { KubernetesObject } from '../../../../tools/support/manifests';

const config = loadConfig('production');

/** Maximum size of an object in the API server. */
const LARGEST_BYTES = 2 ** 20;

it('every dashboard is a ConfigMap that Grafana’s sidecar finds', () => {
  const chart = Testing.chart();
  new GrafanaDashboards(chart, 'dashboards', { ...config, dashboards: dashboardsOf(componentsOf(config)) });
  const objects = Testing.synth(chart) as KubernetesObject[];
  expect(objects).toHaveLength(dashboardsOf(componentsOf(config)).length);
  for (const { kind, metadata, data } of objects) {
    expect([kind, metadata.namespace, metadata.labels['grafana_dashboard']]).toEqual([
      'ConfigMap',
      config.namespace,
      '1',
    ]);
    const [[file, text] = ['', '{}'], ...others] = Object.entries(data ?? {});
    expect(others).toEqual([]);
    expect(metadata.name).toBe(`kafka-dashboards-${file.replace('.json', '')}`);
    expect(text.length).toBeLessThan(LARGEST_BYTES / 2);
    const { uid } = JSON.parse(text) as { uid: string };
    expect(dashboardsOf(componentsOf(config)).map(dashboardUid)).toContain(uid);
  }
});
