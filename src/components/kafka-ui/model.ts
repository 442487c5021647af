import type { KafkaUiConfig } from './config';
import { selectorLabels, type Identity } from '../../kubernetes/labels';
import { addressOf, type Component, type Endpoint } from '../component';
import { KAFKA_CLUSTER } from '../kafka-cluster/names';
import { serviceHost, type Naming } from '../../kubernetes/naming';
import { SCHEMA_REGISTRY } from '../schema-registry/names';
import { kafkaUiAlerts } from './alerts';
import { readsAll } from '../users/roles';
import { KAFKA_UI } from './names';

export const UI_IDENTITY: Identity = { application: 'kafka-ui', component: KAFKA_UI };

/** Port of the image, which has no setting for it. */
export const UI_PORT = 8080;

export const uiService = ({ name }: Pick<KafkaUiConfig, 'name'>): string => `${name}-ui`;

export const uiEndpoint = (config: Naming): Endpoint => ({
  host: serviceHost(config, uiService(config)),
  port: UI_PORT,
  scheme: 'http',
});

/** The model of Kafka UI; undefined if the platform has none. */
export function kafkaUi(config: KafkaUiConfig): Component | undefined {
  if (!config.ui.enabled) return undefined;
  const service = uiService(config);
  const http = uiEndpoint(config);
  return {
    name: KAFKA_UI,
    podLabels: selectorLabels(config, UI_IDENTITY),
    ports: { http: UI_PORT },
    connectsTo: [
      { to: KAFKA_CLUSTER, port: 'client' },
      { to: KAFKA_CLUSTER, port: 'metrics' },
      { to: SCHEMA_REGISTRY, port: 'api' },
    ],
    roles: [readsAll()],
    endpoints: { http },
    metrics: [
      {
        job: KAFKA_UI,
        path: '/actuator/prometheus',
        targets: [{ address: addressOf(http) }],
        port: 'http',
        service,
      },
    ],
    provenAt: 'http',
    web: { service, port: UI_PORT, path: '/' },
    isAwaited: true,
    alerts: () => kafkaUiAlerts(config),
  };
}
