import type { SchemaRegistryConfig } from './config';
import { selectorLabels, type Identity } from '../../kubernetes/labels';
import { registryProvider, type RegistryProvider } from './provider';
import { urlOf, type Component } from '../component';
import { KAFKA_CLUSTER } from '../kafka-cluster/names';
import { serviceHost } from '../../kubernetes/naming';
import { registryAlerts } from './alerts';
import { schemaRegistry as schemaRegistryRole } from '../users/roles';
import { SCHEMA_REGISTRY } from './names';

export const registryIdentity = ({ application }: Pick<RegistryProvider, 'application'>): Identity => ({
  application,
  component: SCHEMA_REGISTRY,
});

/** Names of the registry's Services: one for clients, and a headless one that resolves to each pod. */
export const registryServices = ({ name }: Pick<SchemaRegistryConfig, 'name'>) => ({
  api: `${name}-registry`,
  pods: `${name}-registry-pods`,
});

/** The model of the schema registry; undefined if the platform has none. */
export function schemaRegistry(config: SchemaRegistryConfig): Component | undefined {
  const provider = registryProvider(config);
  if (provider === undefined) return undefined;
  const { port, basePath, metrics, topics, groupPrefix } = provider;
  const services = registryServices(config);
  return {
    name: SCHEMA_REGISTRY,
    podLabels: selectorLabels(config, registryIdentity(provider)),
    ports: { api: port, ...(metrics && { metrics: metrics.port }) },
    connectsTo: [
      { to: KAFKA_CLUSTER, port: 'client' },
      // Replicas forward writes to the leading replica.
      { to: SCHEMA_REGISTRY, port: 'api' },
    ],
    roles: [
      schemaRegistryRole(
        topics.map(({ name }) => name),
        { groupPrefix },
      ),
    ],
    endpoints: { api: { host: serviceHost(config, services.api), port, scheme: 'http', basePath } },
    ...(metrics && {
      metrics: [
        {
          job: SCHEMA_REGISTRY,
          path: metrics.path,
          // Each replica is scraped.
          dnsName: { name: serviceHost(config, services.pods), port: metrics.port },
          port: 'metrics',
          service: services.api,
        },
      ],
    }),
    provenAt: 'api',
    web: { service: services.api, port, path: `${basePath}/subjects` },
    isAwaited: true,
    alerts: () => (metrics === undefined ? [] : registryAlerts(config)),
  };
}

/** The URL of the registry for clients in the cluster, including the base path; undefined if there is none. */
export function registryUrl(config: SchemaRegistryConfig): string | undefined {
  const api = schemaRegistry(config)?.endpoints['api'];
  return api && urlOf(api);
}
