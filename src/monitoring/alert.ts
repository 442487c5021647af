import type { Milliseconds } from '../validation/units';

/** `critical` notifies a person immediately, `warning` waits for working hours, `info` serves planning. */
export type Severity = 'critical' | 'warning' | 'info';

/** An alert rule of Prometheus with its texts for the person on call. */
export interface Alert {
  /** Name of the alert and of its runbook. */
  readonly name: string;
  /** PromQL expression; each resulting series raises the alert. */
  readonly expr: string;
  /**
   * Time for which the expression must hold. A broker that is unavailable for half a minute in a rolling restart must
   * not raise an alert.
   */
  readonly forMs: Milliseconds;
  /** Label `severity`. */
  readonly severity: Severity;
  /** One line. It may contain `{{ $labels.x }}` and the value in a readable form: `COUNT`, `humanizeDuration`. */
  readonly summary: string;
  /** The meaning of the alert and the first action to take. */
  readonly description: string;
}

/** The value of an alert that counts something, as a whole number; Prometheus would write 1.234567e+06. */
export const COUNT = '{{ $value | printf "%.0f" }}';

/** Alerts about one subject, evaluated together by Prometheus. */
export interface AlertGroup {
  /** Name of the group without the platform's prefix. */
  readonly group: string;
  /** Interval between evaluations. @default the scrape interval */
  readonly intervalMs?: Milliseconds;
  /** Alerts of the group. */
  readonly alerts: readonly Alert[];
}

/** Selects the alerts of a group that a configuration needs. */
export type AlertsOf<Config = unknown> = (config: Config) => readonly Alert[];
