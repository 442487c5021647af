import { APPLICATION_JOB } from '../components/application/names';
import type { MetricsTarget, Scrape } from '../components/component';
import { scraped } from '../components/derived';
import { BROKER_JOB } from '../components/kafka-cluster/names';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';
import { LAG_EXPORTER } from '../components/lag-exporter/names';
import { PROMETHEUS } from '../components/prometheus/names';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import { componentsOf } from '../platform/components';
import type { Platform } from '../platform/load';
import type { ServicePorts } from '../platform/local-service-ports';

interface LocalPlaces {
  readonly layout: ClusterLayout;
  readonly ports: ServicePorts;
  /** Whether the registry runs. */
  readonly registry: boolean;
  /** Names of the running applications that serve metrics. */
  readonly applications: readonly string[];
}

/** Scrape targets on this machine, with the same jobs, paths and labels as in Kubernetes. Guards run in Kubernetes only. */
export function localTargets(
  config: Platform,
  { layout, ports, registry, applications }: LocalPlaces,
): readonly Scrape[] {
  const at = (port: number): MetricsTarget => ({ address: `${LOOPBACK}:${port}` });
  const running: Readonly<Record<string, readonly MetricsTarget[]>> = {
    [BROKER_JOB]: layout.nodes.map(({ id, metricsPort }) => ({
      ...at(metricsPort),
      labels: { broker: String(id) },
    })),
    [SCHEMA_REGISTRY]: registry ? [at(ports.registryManagement)] : [],
    [LAG_EXPORTER]: [at(ports.lagExporter)],
    [PROMETHEUS]: [at(ports.prometheus)],
    [APPLICATION_JOB]: applications.flatMap((name) => ports[name] ?? []).map(at),
  };
  return scraped(componentsOf(config)).flatMap(({ metrics: { job, path } }) => {
    const targets = running[job] ?? [];
    return targets.length === 0 ? [] : [{ job, path, targets }];
  });
}
