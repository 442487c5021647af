import { App, YamlOutputType } from 'cdk8s';
import type { Platform } from '../src/config/load';
import { BrokersChart } from './brokers-chart';
import { NamespaceChart } from './namespace-chart';
import { NetworkChart } from './network-chart';
import { WorkloadsChart } from './workloads-chart';

/** The one place where charts are wired. Their order is the order in which files are applied. */
export function platformApp(config: Platform, outdir?: string): App {
  const app = new App({
    yamlOutputType: YamlOutputType.FILE_PER_CHART,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const namespace = new NamespaceChart(app, config);
  const network = new NetworkChart(app, config);
  network.addDependency(namespace);
  const brokers = new BrokersChart(app, config);
  brokers.addDependency(network);
  new WorkloadsChart(app, config).addDependency(brokers);
  return app;
}
