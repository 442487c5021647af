import type { PrometheusConfig } from './config';
import { selectorLabels, type Identity } from '../../kubernetes/labels';
import type { Component, Endpoint } from '../component';
import { scraped } from '../derived';
import { serviceHost, type Naming } from '../../kubernetes/naming';
import { PROMETHEUS } from './names';

export const PROMETHEUS_IDENTITY: Identity = { application: 'prometheus', component: PROMETHEUS };

/** Port of the image; the command line sets the same port. */
export const PROMETHEUS_PORT = 9090;

/** Name of the Service and of the StatefulSet. */
export const prometheusService = ({ name }: Pick<PrometheusConfig, 'name'>): string => `${name}-prometheus`;

export const prometheusEndpoint = (config: Naming): Endpoint => ({
  host: serviceHost(config, prometheusService(config)),
  port: PROMETHEUS_PORT,
  scheme: 'http',
});

/** Headless Service of all pods with the label of clients with metrics. */
export const clientPodsService = ({ name }: Pick<PrometheusConfig, 'name'>): string => `${name}-clients`;

/**
 * The model of Prometheus: the platform's own, or that of a Prometheus operator; undefined if nothing is scraped.
 * @param others all other components
 */
export function prometheus(config: PrometheusConfig, others: readonly Component[]): Component | undefined {
  const { mode, operator } = config.monitoring;
  const connectsTo = scraped(others).map(({ component, metrics }) => ({ to: component.name, port: metrics.port }));
  switch (mode) {
    case 'none':
      return undefined;
    case 'operator':
      return {
        ...NOTHING_OF_OURS,
        // Label that the operator sets on all of its Prometheus pods.
        podLabels: { 'app.kubernetes.io/name': 'prometheus' },
        namespace: operator.namespace,
        connectsTo,
      };
    case 'prometheus':
      return own(config, connectsTo);
  }
}

const NOTHING_OF_OURS = { name: PROMETHEUS, ports: {}, endpoints: {}, isAwaited: false, alerts: () => [] };

function own(config: PrometheusConfig, connectsTo: Component['connectsTo']): Component {
  const service = prometheusService(config);
  return {
    name: PROMETHEUS,
    podLabels: selectorLabels(config, PROMETHEUS_IDENTITY),
    ports: { http: PROMETHEUS_PORT },
    connectsTo,
    endpoints: { http: prometheusEndpoint(config) },
    // Prometheus scrapes itself through the loopback interface.
    metrics: [
      {
        job: PROMETHEUS,
        path: '/metrics',
        targets: [{ address: `localhost:${PROMETHEUS_PORT}` }],
        port: 'http',
        service,
      },
    ],
    provenAt: 'http',
    web: { service, port: PROMETHEUS_PORT, path: '/' },
    isAwaited: true,
    alerts: () => [],
  };
}
