import type { Platform } from '../config/load';
import type { ClusterLayout } from './layout';
import { LOOPBACK } from './local-layout';
import { registryProvider } from './registry-provider';
import type { ScrapeTargets } from './scrape-targets';
import type { ServicePorts } from './service-ports';

interface LocalPlaces {
  readonly layout: ClusterLayout;
  readonly ports: ServicePorts;
  /** Whether the registry runs. */
  readonly registry: boolean;
}

/** Everything that serves metrics on this machine, by the jobs and labels that it has in Kubernetes. */
export function localTargets(config: Platform, { layout, ports, registry }: LocalPlaces): readonly ScrapeTargets[] {
  const at = (port: number): string => `${LOOPBACK}:${port}`;
  const registryMetrics = registry ? registryProvider(config)?.metrics : undefined;
  return [
    {
      job: 'kafka',
      path: '/metrics',
      targets: layout.nodes.map(({ id, host, metricsPort }) => ({
        address: `${host}:${metricsPort}`,
        labels: { broker: String(id) },
      })),
    },
    { job: 'lag-exporter', path: '/metrics', targets: [{ address: at(ports.lagExporter) }] },
    ...(registryMetrics === undefined
      ? []
      : [
          {
            job: 'registry' as const,
            path: registryMetrics.path,
            targets: [{ address: at(ports.registryManagement) }],
          },
        ]),
    { job: 'prometheus', path: '/metrics', targets: [{ address: at(ports.prometheus) }] },
  ];
}
