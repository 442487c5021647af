import type { LagExporterConfig } from './config';
import { minutes } from '../../validation/units';
import { COUNT, type Alert } from '../../monitoring/alert';
import { look } from '../../monitoring/look';
import { answering } from '../../monitoring/promql';
import { inSeconds } from '../../monitoring/duration';
import { LAG_EXPORTER } from './names';
import { commandLine } from '../../validation/command-line';

/** Readings may be incomplete for this time before an alert is raised. */
const INCOMPLETE = minutes(10);

/** Alerts about the exporter itself. Only the platform's own exporter reports whether its readings are complete. */
export const exporterAlerts = (config: LagExporterConfig): readonly Alert[] =>
  config.monitoring.lagExporter.provider === 'platform'
    ? [down(config), incomplete(config), topicsDiffer(config)]
    : [down(config)];

const down = (config: LagExporterConfig): Alert => ({
  name: 'KafkaLagExporterDown',
  expr: `${answering(LAG_EXPORTER)} == 0`,
  forMs: minutes(5),
  severity: 'warning',
  summary: 'Consumer lag is not measured',
  description: `The lag exporter does not answer: no alert about consumers can fire. ${look(config, LAG_EXPORTER)}`,
});

const incomplete = (config: LagExporterConfig): Alert => ({
  name: 'KafkaLagExporterIncomplete',
  expr: `time() - platform_lag_exporter_last_success_timestamp_seconds > ${inSeconds(INCOMPLETE)}`,
  forMs: minutes(5),
  severity: 'warning',
  summary: 'Consumer lag has been incomplete for {{ $value | humanizeDuration }}',
  description:
    'A broker does not answer the exporter, or refuses a request; groups and topics of that broker are missing. The log of ' +
    `the exporter names it. ${look(config, LAG_EXPORTER)}`,
});

const topicsDiffer = (config: LagExporterConfig): Alert => ({
  name: 'KafkaTopicsNotAsInCatalogue',
  expr: 'platform_catalogue_topics_differing > 0',
  forMs: minutes(15),
  severity: 'warning',
  summary: `${COUNT} topics differ from the catalogue`,
  description:
    'The Job of this catalogue failed or has not run, or topics were changed by hand. The log of the lag exporter names ' +
    `them. ${look(config, 'topic-provisioning')}; run it again: ${commandLine('deploy ENVIRONMENT --again')}`,
});
