import { clusterDashboard } from '../../../../src/components/kafka-cluster/dashboards/cluster';
import { topicsDashboard } from '../../../../src/components/kafka-cluster/dashboards/topics';
import { parseConfig } from '../../../../src/platform/load';
import { dashboardJson, type Dashboard } from '../../../../src/monitoring/dashboard';
import { withValues } from '../../../../tools/support/config';

const SIZE = 2 ** 30;
const config = parseConfig(withValues({ 'brokers/nodePools/0/metadataStorage': { size: SIZE } }));

function targetsOf(
  dashboard: Dashboard,
  title: string,
): readonly { readonly expr: string; readonly legendFormat?: string }[] {
  const panel = dashboardJson(dashboard).panels.find((one) => one.title === title);
  if (panel === undefined || !('targets' in panel)) throw new Error(`no panel ${title}`);
  return panel.targets;
}

it.each([
  ['Share of the disk that logs take', clusterDashboard(config)],
  ['Share of the disk that logs take in a day', topicsDashboard(config)],
])('%s: the volume of the metadata log has lines of its own', (title, dashboard) => {
  const [data, metadata, ...more] = targetsOf(dashboard, title);
  expect(more).toEqual([]);
  expect(data?.expr).toContain('topic!="__cluster_metadata"');
  expect(metadata?.expr).toMatch(new RegExp(`topic="__cluster_metadata".* / ${SIZE}$`));
  expect(metadata?.legendFormat).toBe('metadata of broker {{broker}}');
});

it('the fullest disk may be one of the metadata log', () => {
  const [query] = targetsOf(topicsDashboard(config), 'Fullest disk');
  expect(query?.expr).toMatch(/^max\(sum by \(broker\) .* or sum by \(broker, topic\) \(.*topic="__cluster_metadata"/);
});
