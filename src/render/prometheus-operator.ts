import type { Platform } from '../config/load';
import { prometheusDuration } from './prometheus-duration';
import { workloadNames } from './names';
import { METRICS_LABEL, partyLabels, type Party } from './network-flows';
import { kubernetesTargets, type ScrapeJob } from './scrape-targets';

/** Where the operator finds what a job scrapes. */
type Place =
  | { readonly kind: 'PodMonitor'; readonly party: Party; readonly port: string }
  | { readonly kind: 'ServiceMonitor'; readonly party: Party; readonly port: string; readonly service: string };

/** An object that makes an operator's Prometheus scrape a job. */
export interface Monitor {
  readonly kind: Place['kind'];
  readonly job: ScrapeJob;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A monitor for each job, whose series have the same labels as those of a Prometheus of the platform's own. */
export const operatorMonitors = (config: Platform): readonly Monitor[] =>
  kubernetesTargets(config).flatMap(({ job, path }) => {
    const place = placeOf(config, job);
    return place === undefined ? [] : [{ kind: place.kind, job, spec: spec(config, { job, path, place }) }];
  });

function placeOf(config: Platform, job: ScrapeJob): Place | undefined {
  const names = workloadNames(config);
  switch (job) {
    case 'kafka':
      return { kind: 'PodMonitor', party: 'broker', port: 'metrics' };
    case 'clients':
      return { kind: 'PodMonitor', party: 'client', port: 'metrics' };
    case 'lag-exporter':
      return { kind: 'ServiceMonitor', party: 'lag-exporter', port: 'metrics', service: names.lagExporter };
    case 'registry':
      return { kind: 'ServiceMonitor', party: 'registry', port: 'metrics', service: names.registry };
    case 'ui':
      return { kind: 'ServiceMonitor', party: 'ui', port: 'http', service: names.ui };
    case 'prometheus':
      // The operator's own, which is not ours to watch.
      return undefined;
  }
}

interface MonitorProps {
  readonly job: ScrapeJob;
  readonly path: string;
  readonly place: Place;
}

function spec(config: Platform, { job, path, place }: MonitorProps) {
  const interval = prometheusDuration(config.monitoring.scrapeIntervalMs);
  const endpoint = {
    port: place.port,
    path,
    interval,
    scrapeTimeout: interval,
    relabelings: [{ targetLabel: 'job', replacement: job }, ...ownRelabelings(place)],
  };
  return {
    selector: { matchLabels: place.party === 'client' ? METRICS_LABEL : partyLabels(config, place.party) },
    ...(place.kind === 'PodMonitor' ? { podMetricsEndpoints: [endpoint] } : { endpoints: [endpoint] }),
  };
}

function ownRelabelings(place: Place): readonly object[] {
  if (place.kind === 'ServiceMonitor') {
    // Two Services may stand before the same pods: each is scraped once.
    return [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: place.service }];
  }
  if (place.party !== 'broker') return [];
  // The StatefulSet's ordinal is the node id. Kubernetes gives the label since 1.28.
  return [{ sourceLabels: ['__meta_kubernetes_pod_label_apps_kubernetes_io_pod_index'], targetLabel: 'broker' }];
}
