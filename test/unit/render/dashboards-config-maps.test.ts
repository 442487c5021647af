import { Testing } from 'cdk8s';
import { loadConfig } from '../../../src/config/load';
import { Dashboards } from '../../../src/constructs/dashboards';
import { dashboards } from '../../../src/render/dashboards';
import { dashboardUid } from '../../../src/render/dashboards/dashboard';
import type { KubernetesObject } from '../../support/manifests';

const config = loadConfig('production');

/** What the API server takes as one object. */
const LARGEST_BYTES = 2 ** 20;

it('every dashboard is a ConfigMap that Grafana’s sidecar finds', () => {
  const chart = Testing.chart();
  new Dashboards(chart, config);
  const objects = Testing.synth(chart) as KubernetesObject[];
  expect(objects).toHaveLength(dashboards(config).length);
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
    expect(dashboards(config).map(dashboardUid)).toContain(uid);
  }
});
