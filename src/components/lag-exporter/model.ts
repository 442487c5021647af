import type { LagExporterConfig } from './config';
import { consumerAlerts } from './consumer-alerts';
import { selectorLabels, type Identity } from '../../kubernetes/labels';
import { addressOf, type Component, type Endpoint } from '../component';
import { KAFKA_CLUSTER } from '../kafka-cluster/names';
import { serviceHost, type Naming } from '../../kubernetes/naming';
import { consumerGroupsDashboard } from './dashboard';
import { exporterAlerts } from './alerts';
import { describesAll, inspectsTransactions } from '../users/roles';
import { LAG_EXPORTER } from './names';

/** Identity of the platform's own exporter, or of kafka-exporter if it is configured. */
export const lagExporterIdentity = ({ monitoring }: Pick<LagExporterConfig, 'monitoring'>): Identity => ({
  application: monitoring.lagExporter.provider === 'platform' ? 'kafka-lag-exporter' : 'kafka-exporter',
  component: LAG_EXPORTER,
});

export const lagExporterService = ({ name }: Pick<LagExporterConfig, 'name'>): string => `${name}-lag-exporter`;

export const lagExporterEndpoint = (config: Pick<LagExporterConfig, keyof Naming | 'monitoring'>): Endpoint => ({
  host: serviceHost(config, lagExporterService(config)),
  port: config.monitoring.lagExporter.port,
  scheme: 'http',
});

/** The model of the lag exporter. */
export function lagExporter(config: LagExporterConfig): Component {
  const { port, provider } = config.monitoring.lagExporter;
  const service = lagExporterService(config);
  const metrics = lagExporterEndpoint(config);
  return {
    name: LAG_EXPORTER,
    podLabels: selectorLabels(config, lagExporterIdentity(config)),
    ports: { metrics: port },
    connectsTo: [{ to: KAFKA_CLUSTER, port: 'client' }],
    roles: [describesAll(), ...(provider === 'platform' ? [inspectsTransactions()] : [])],
    endpoints: { metrics },
    metrics: [
      {
        job: LAG_EXPORTER,
        path: '/metrics',
        targets: [{ address: addressOf(metrics) }],
        port: 'metrics',
        service,
      },
    ],
    web: { service, port, path: '/metrics' },
    isAwaited: true,
    alerts: () => [
      { group: 'components', alerts: exporterAlerts(config) },
      { group: 'consumers', alerts: consumerAlerts(config) },
    ],
    dashboards: () => [consumerGroupsDashboard(config)],
  };
}
