import { clientsDashboard } from './dashboards/clients';
import { eventsDashboard } from './dashboards/events';
import type { ClientConfig } from './config';
import { eventAlerts } from './event-alerts';
import type { Component } from '../component';
import { KAFKA_CLUSTER } from '../kafka-cluster/names';
import { CLIENT_LABEL, METRICS_LABEL } from '../../kubernetes/labels';
import { serviceHost } from '../../kubernetes/naming';
import { clientPodsService } from '../prometheus/model';
import { SCHEMA_REGISTRY } from '../schema-registry/names';
import { CLIENT_DOWN } from './alerts';
import { APPLICATION, APPLICATION_JOB } from './names';

/** All pods with the client label, including the applications of the platform. */
export const application = (config: ClientConfig): Component => ({
  name: APPLICATION,
  podLabels: CLIENT_LABEL,
  ports: { metrics: config.monitoring.clientPort },
  connectsTo: [
    { to: KAFKA_CLUSTER, port: 'client' },
    { to: SCHEMA_REGISTRY, port: 'api' },
  ],
  endpoints: {},
  metrics: [
    {
      job: APPLICATION_JOB,
      path: '/metrics',
      dnsName: { name: serviceHost(config, clientPodsService(config)), port: config.monitoring.clientPort },
      port: 'metrics',
      podLabels: METRICS_LABEL,
    },
  ],
  isAwaited: false,
  alerts: () => [
    { group: 'components', alerts: [CLIENT_DOWN] },
    { group: 'events', alerts: eventAlerts(config) },
  ],
  dashboards: () => [clientsDashboard(), eventsDashboard(config)],
});
