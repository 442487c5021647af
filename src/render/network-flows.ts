import type { Platform } from '../config/load';
import { selectorLabels, type Component } from './labels';
import { registryProvider } from './registry-provider';

/** Ports of the pods that have a port of their own and no setting for it. */
export const UI_PORT = 8080;
export const PROMETHEUS_PORT = 9090;

/** Label that makes a pod of the namespace a client: `kafka-platform/client: "true"`. */
export const CLIENT_LABEL = { 'kafka-platform/client': 'true' } as const;

/** Label of clients that serve metrics: `kafka-platform/metrics: "true"`. */
export const METRICS_LABEL = { 'kafka-platform/metrics': 'true' } as const;

/** Who takes part in traffic: components, and pods that carry the client label. */
export type Party = Component | 'client';

/** One direction of traffic that exists; every other is denied. */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  /** Name of a port of the receiver. */
  readonly port: string;
}

/** The one list of what may talk to what; policies are rendered from it and tests try every cell of it. */
const FLOWS: readonly Flow[] = [
  { from: 'client', to: 'broker', port: 'client' },
  { from: 'broker', to: 'broker', port: 'controller' },
  { from: 'broker', to: 'broker', port: 'replication' },
  { from: 'broker', to: 'broker', port: 'guard' },
  { from: 'registry', to: 'broker', port: 'client' },
  // Replicas pass writes on to the one that leads.
  { from: 'registry', to: 'registry', port: 'api' },
  { from: 'client', to: 'registry', port: 'api' },
  { from: 'ui', to: 'broker', port: 'client' },
  { from: 'ui', to: 'broker', port: 'metrics' },
  { from: 'ui', to: 'registry', port: 'api' },
  { from: 'lag-exporter', to: 'broker', port: 'client' },
  { from: 'prometheus', to: 'broker', port: 'metrics' },
  { from: 'prometheus', to: 'registry', port: 'metrics' },
  { from: 'prometheus', to: 'ui', port: 'http' },
  { from: 'prometheus', to: 'lag-exporter', port: 'metrics' },
  { from: 'prometheus', to: 'client', port: 'metrics' },
  { from: 'smoke-test', to: 'ui', port: 'http' },
  { from: 'smoke-test', to: 'prometheus', port: 'http' },
];

type Ports = Readonly<Record<string, number>>;

/** Every party that a configuration has, with the number of each of its ports. */
export function partyPorts(config: Platform): ReadonlyMap<Party, Ports> {
  const { brokers, guard, monitoring, ui } = config;
  const registry = registryProvider(config);
  const parties: readonly (readonly [Party, Ports] | undefined)[] = [
    ['broker', { ...brokers.listeners, guard: guard.port, metrics: monitoring.brokerPort }],
    ['client', { metrics: monitoring.clientPort }],
    ['smoke-test', {}],
    registry && ['registry', { api: registry.port, ...(registry.metrics && { metrics: registry.metrics.port }) }],
    ui.enabled ? ['ui', { http: UI_PORT }] : undefined,
    monitoring.mode === 'none'
      ? undefined
      : ['prometheus', monitoring.mode === 'prometheus' ? { http: PROMETHEUS_PORT } : {}],
    ['lag-exporter', { metrics: monitoring.lagExporter.port }],
  ];
  return new Map(parties.filter((party) => party !== undefined));
}

/** The flows between what a configuration has. */
export function flowsOf(config: Platform): readonly (Flow & { readonly number: number })[] {
  const parties = partyPorts(config);
  return FLOWS.flatMap((flow) => {
    const number = parties.has(flow.from) ? parties.get(flow.to)?.[flow.port] : undefined;
    return number === undefined ? [] : [{ ...flow, number }];
  });
}

/** The namespace of a party whose pods are not ours. */
export const foreignNamespace = ({ monitoring }: Platform, party: Party): string | undefined =>
  party === 'prometheus' && monitoring.mode === 'operator' ? monitoring.operator.namespace : undefined;

/** Labels of a party's pods. */
export function partyLabels(config: Platform, party: Party): Record<string, string> {
  // What the operator gives to every Prometheus that it runs.
  if (foreignNamespace(config, party) !== undefined) return { 'app.kubernetes.io/name': 'prometheus' };
  return party === 'client' ? { ...CLIENT_LABEL } : selectorLabels(config, party);
}
