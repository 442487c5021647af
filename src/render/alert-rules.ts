import { stringify } from 'yaml';
import type { Platform } from '../config/load';
import { alertsBySubject } from './alerts';
import type { Alert } from './alerts/alert';
import { prometheusDuration } from './prometheus-duration';

/** Alerts as Prometheus reads them, in a rule file as in a PrometheusRule. */
export const alertGroups = (config: Platform) =>
  alertsBySubject(config).map(({ subject, intervalMs, alerts }) => ({
    name: `kafka-${subject}`,
    ...(intervalMs === undefined ? {} : { interval: prometheusDuration(intervalMs) }),
    rules: alerts.map(rule),
  }));

/** Prometheus' rule file. */
export const alertRules = (config: Platform): string =>
  stringify({ groups: alertGroups(config) }, { lineWidth: LINE_WIDTH });

const LINE_WIDTH = 120;

const rule = ({ name, expr, forMs, severity, summary, description }: Alert) => ({
  alert: name,
  expr,
  ...(forMs === 0 ? {} : { for: prometheusDuration(forMs) }),
  labels: { severity },
  annotations: { summary, description },
});
