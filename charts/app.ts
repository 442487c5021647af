import { App, YamlOutputType, type Chart } from 'cdk8s';
import type { Platform } from '../src/config/load';
import { registryProvider, registryUrl } from '../src/render/registry-provider';
import { samplesOf } from '../src/render/samples';
import { BrokersChart } from './brokers-chart';
import { ConfigChart } from './config-chart';
import { DashboardsChart } from './dashboards-chart';
import { MonitoringChart } from './monitoring-chart';
import { NamespaceChart } from './namespace-chart';
import { NetworkChart } from './network-chart';
import { RegistryChart } from './registry-chart';
import { SamplesChart } from './samples-chart';
import { UiChart } from './ui-chart';
import { WorkloadsChart } from './workloads-chart';

/** The one place where charts are wired. Their order is the order in which files are applied. */
export function platformApp(config: Platform, outdir?: string): App {
  const app = new App({
    yamlOutputType: YamlOutputType.FILE_PER_CHART,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const namespace = new NamespaceChart(app, config);
  const network = new NetworkChart(app, config);
  const settings = new ConfigChart(app, config);
  const { configMap } = settings;
  const brokers = new BrokersChart(app, config);
  const provider = registryProvider(config);
  const registry = provider && new RegistryChart(app, config, { provider, configMap });
  const samples = samplesChart(app, config);
  const ui = config.ui.enabled ? new UiChart(app, config) : undefined;
  const dashboards = config.monitoring.dashboards ? new DashboardsChart(app, config) : undefined;
  const monitoring = new MonitoringChart(app, config, { configMap });
  const workloads = new WorkloadsChart(app, config, { configMap, subjectsMap: registry?.subjectsMap });
  inOrder([namespace, network, settings, brokers, workloads, registry, ui, monitoring, dashboards, samples]);
  return app;
}

function samplesChart(app: App, config: Platform): SamplesChart | undefined {
  const samples = samplesOf(config);
  const registry = registryUrl(config);
  return samples.length === 0 || registry === undefined
    ? undefined
    : new SamplesChart(app, config, { samples, registry });
}

function inOrder(charts: readonly (Chart | undefined)[]): void {
  const present = charts.filter((chart) => chart !== undefined);
  present.slice(1).forEach((chart, index) => chart.addDependency(present[index] as Chart));
}
