import { stringify } from 'yaml';
import type { Component } from '../component';
import { alertsByGroup } from '../derived';
import type { Alert } from '../../monitoring/alert';
import { prometheusDuration } from '../../monitoring/duration';
import type { MonitoringProps } from '../../monitoring/props';
import { runbookUrl } from '../../monitoring/runbooks';

/** Base address of the runbooks. */
type Runbooks = Pick<MonitoringProps, 'runbookUrl'>;

/** Alert groups in the form of a rule file or a PrometheusRule. */
export const alertGroups = (components: readonly Component[], runbooks: Runbooks) =>
  alertsByGroup(components).map(({ group, intervalMs, alerts }) => ({
    name: `kafka-${group}`,
    ...(intervalMs === undefined ? {} : { interval: prometheusDuration(intervalMs) }),
    rules: alerts.map((alert) => rule(alert, runbooks)),
  }));

/** The rule file of Prometheus. */
export const alertRules = (components: readonly Component[], runbooks: Runbooks): string =>
  stringify({ groups: alertGroups(components, runbooks) }, { lineWidth: LINE_WIDTH });

const LINE_WIDTH = 120;

const rule = ({ name, expr, forMs, severity, summary, description }: Alert, { runbookUrl: folder }: Runbooks) => ({
  alert: name,
  expr,
  ...(forMs === 0 ? {} : { for: prometheusDuration(forMs) }),
  labels: { severity },
  annotations: { summary, description, runbook_url: runbookUrl(folder, name) },
});
