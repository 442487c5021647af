import type { Platform } from '../config/load';
import { kubernetesLayout } from './kubernetes-layout';
import { workloadNames } from './names';
import { PROMETHEUS_PORT, UI_PORT } from './network-flows';
import { registryProvider } from './registry-provider';

/** Jobs by which rules and dashboards tell series apart. */
export type ScrapeJob = 'kafka' | 'lag-exporter' | 'registry' | 'ui' | 'clients' | 'prometheus';

/** Something that serves metrics. */
export interface ScrapeTarget {
  /** `host:port`. */
  readonly address: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Where metrics are, wherever the platform runs. */
export interface ScrapeTargets {
  readonly job: ScrapeJob;
  readonly path: string;
  /** Known by name. */
  readonly targets?: readonly ScrapeTarget[];
  /** A name that stands for the addresses of however many there are. */
  readonly dnsName?: { readonly name: string; readonly port: number };
}

/** Everything that serves metrics in Kubernetes. */
export function kubernetesTargets(config: Platform): readonly ScrapeTargets[] {
  const names = workloadNames(config);
  const { monitoring, ui } = config;
  const registry = registryProvider(config);
  return [
    {
      job: 'kafka',
      path: '/metrics',
      targets: kubernetesLayout(config).nodes.map(({ id, host }) => ({
        address: `${host}:${monitoring.brokerPort}`,
        labels: { broker: String(id) },
      })),
    },
    {
      job: 'lag-exporter',
      path: '/metrics',
      targets: [{ address: `${names.lagExporterHost}:${monitoring.lagExporter.port}` }],
    },
    ...(registry?.metrics === undefined
      ? []
      : [
          {
            job: 'registry' as const,
            path: registry.metrics.path,
            dnsName: { name: names.registryPodsHost, port: registry.metrics.port },
          },
        ]),
    ...(ui.enabled
      ? [
          {
            job: 'ui' as const,
            path: '/actuator/prometheus',
            targets: [{ address: `${names.uiHost}:${UI_PORT}` }],
          },
        ]
      : []),
    { job: 'clients', path: '/metrics', dnsName: { name: names.clientPodsHost, port: monitoring.clientPort } },
    { job: 'prometheus', path: '/metrics', targets: [{ address: `localhost:${PROMETHEUS_PORT}` }] },
  ];
}
