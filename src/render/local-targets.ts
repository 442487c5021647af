import type { Platform } from '../config/load';
import type { SampleName } from '../config/samples';
import type { ClusterLayout } from './layout';
import { LOOPBACK } from './local-layout';
import { registryProvider } from './registry-provider';
import { SAMPLE_PATHS } from './samples';
import type { ScrapeTargets } from './scrape-targets';
import type { ServicePorts } from './service-ports';

interface LocalPlaces {
  readonly layout: ClusterLayout;
  readonly ports: ServicePorts;
  /** Whether the registry runs. */
  readonly registry: boolean;
  /** Those that run. */
  readonly samples: readonly SampleName[];
}

/** Everything that serves metrics on this machine, by the jobs and labels that it has in Kubernetes. */
export function localTargets(
  config: Platform,
  { layout, ports, registry, samples }: LocalPlaces,
): readonly ScrapeTargets[] {
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
    ...(samples.length === 0
      ? []
      : [
          {
            job: 'clients' as const,
            path: SAMPLE_PATHS.metrics,
            targets: samples.map((name) => ({ address: at(ports[name]) })),
          },
        ]),
    { job: 'prometheus', path: '/metrics', targets: [{ address: at(ports.prometheus) }] },
  ];
}
