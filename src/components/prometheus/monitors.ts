import type { PrometheusConfig } from './config';
import { scraped, type Scraped } from '../derived';
import type { Component } from '../component';
import { prometheusDuration } from '../../monitoring/duration';

type MonitorsConfig = Pick<PrometheusConfig, 'monitoring'>;

/** An object that makes the Prometheus of an operator scrape a job. */
export interface Monitor {
  readonly kind: 'PodMonitor' | 'ServiceMonitor';
  readonly job: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** One monitor for each job. The series have the same labels as in the platform's own Prometheus. */
export const operatorMonitors = (config: MonitorsConfig, components: readonly Component[]): readonly Monitor[] =>
  scraped(components).map((endpoint) => ({
    kind: endpoint.metrics.service === undefined ? 'PodMonitor' : 'ServiceMonitor',
    job: endpoint.metrics.job,
    spec: spec(config, endpoint),
  }));

function spec(config: MonitorsConfig, { component, metrics }: Scraped) {
  const interval = prometheusDuration(config.monitoring.scrapeIntervalMs);
  const endpoint = {
    port: metrics.port,
    path: metrics.path,
    interval,
    scrapeTimeout: interval,
    relabelings: [{ targetLabel: 'job', replacement: metrics.job }, ...ownRelabelings(metrics)],
  };
  return {
    selector: { matchLabels: metrics.podLabels ?? component.podLabels },
    ...(metrics.service === undefined ? { podMetricsEndpoints: [endpoint] } : { endpoints: [endpoint] }),
  };
}

function ownRelabelings({ service, fromPodLabels = {} }: Scraped['metrics']): readonly object[] {
  if (service !== undefined) {
    // Two Services may select the same pods; this keeps one of them, so that each pod is scraped once.
    return [{ action: 'keep', sourceLabels: ['__meta_kubernetes_service_name'], regex: service }];
  }
  return Object.entries(fromPodLabels).map(([targetLabel, label]) => ({
    sourceLabels: [`__meta_kubernetes_pod_label_${label.replaceAll(/[^A-Za-z0-9_]/g, '_')}`],
    targetLabel,
  }));
}
