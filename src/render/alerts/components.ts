import type { Platform } from '../../config/load';
import { minutes } from '../../config/units';
import type { Component } from '../labels';
import { kubernetesTargets, type ScrapeJob } from '../scrape-targets';
import type { Alert, AlertsOf } from './alert';
import { commands } from './commands';
import { inSeconds } from '../prometheus-duration';
import { answering, up } from './promql';

/** Readings of which something is missing for so long. */
const INCOMPLETE = minutes(10);

/** What stands beside the brokers; what a configuration does not scrape has no alert. */
export const componentAlerts: AlertsOf = (config) => {
  const scraped = new Set(kubernetesTargets(config).map(({ job }) => job));
  const alerts: readonly (readonly [ScrapeJob, readonly Alert[]])[] = [
    ['lag-exporter', lagExporterAlerts(config)],
    ['registry', registryAlerts(config)],
    ['ui', [uiDown(config)]],
    ['clients', [CLIENT_DOWN]],
  ];
  return alerts.flatMap(([job, ofJob]) => (scraped.has(job) ? ofJob : []));
};

const look = (config: Platform, component: Component): string => {
  const run = commands(config);
  return `See why: ${run.pods(component)}; then ${run.logsOf(component)}`;
};

function lagExporterAlerts(config: Platform): readonly Alert[] {
  const down: Alert = {
    name: 'KafkaLagExporterDown',
    expr: `${answering('lag-exporter')} == 0`,
    forMs: minutes(5),
    severity: 'warning',
    summary: 'Consumer lag is not measured',
    description: `The exporter does not answer: no alert about consumers can fire. ${look(config, 'lag-exporter')}`,
  };
  if (config.monitoring.lagExporter.provider !== 'platform') return [down];
  return [
    down,
    {
      name: 'KafkaLagExporterIncomplete',
      expr: `time() - platform_lag_exporter_last_success_timestamp_seconds > ${inSeconds(INCOMPLETE)}`,
      forMs: minutes(5),
      severity: 'warning',
      summary: 'Consumer lag is measured in parts only, for {{ $value | humanizeDuration }}',
      description:
        'A broker does not answer the exporter, or refuses it; groups and topics of that broker are missing. The ' +
        `exporter’s log names it. ${look(config, 'lag-exporter')}`,
    },
  ];
}

function registryAlerts(config: Platform): readonly Alert[] {
  const { replicas } = config.registry;
  const down: Alert = {
    name: 'SchemaRegistryDown',
    expr: `${answering('registry')} == 0`,
    forMs: minutes(5),
    severity: 'critical',
    summary: 'The schema registry does not answer',
    description:
      'Clients that run have their schemas and go on; what starts or meets a new schema fails. It needs brokers: look at ' +
      `their alerts first. ${look(config, 'registry')}`,
  };
  if (replicas === 1) return [down];
  return [
    down,
    {
      name: 'SchemaRegistryReplicaDown',
      expr: `${answering('registry')} < ${replicas}`,
      forMs: minutes(15),
      severity: 'warning',
      summary: `Only {{ $value }} of ${replicas} schema registries answer`,
      description: `The others serve meanwhile. ${look(config, 'registry')}`,
    },
  ];
}

const uiDown = (config: Platform): Alert => ({
  name: 'KafkaUiDown',
  expr: `${answering('ui')} == 0`,
  forMs: minutes(15),
  severity: 'warning',
  summary: 'Kafka UI does not answer',
  description: `Nothing depends on it but people. ${look(config, 'ui')}`,
});

const CLIENT_DOWN: Alert = {
  name: 'KafkaClientDown',
  expr: `${up('clients')} == 0`,
  forMs: minutes(10),
  severity: 'warning',
  summary: 'Client {{ $labels.instance }} does not answer',
  description:
    'It carries the label of clients that serve metrics and has served none for 10 minutes: it hangs, or the label is ' +
    'wrong. Its own log tells; the lag of its group tells how urgent it is.',
};
