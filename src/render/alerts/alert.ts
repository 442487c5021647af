import type { Platform } from '../../config/load';
import type { Milliseconds } from '../../config/units';

/** `critical` wakes somebody, `warning` waits until they are up, `info` until they plan. */
export type Severity = 'critical' | 'warning' | 'info';

/** What is wrong, as Prometheus sees it and as a person reads it at night. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  /** How long it has to hold. A broker is away for half a minute in a rolling restart: that is no alert. */
  readonly forMs: Milliseconds;
  readonly severity: Severity;
  /** One line; may quote `{{ $labels.x }}` and `{{ $value }}`. */
  readonly summary: string;
  /** What it means, and the first thing to do. */
  readonly description: string;
}

/** Alerts about one thing; they are evaluated together. */
export interface Subject {
  readonly subject: string;
  /** Time between two evaluations. @default that between two scrapes */
  readonly intervalMs?: Milliseconds;
  readonly alerts: readonly Alert[];
}

/** Those alerts of a subject that a configuration needs. */
export type AlertsOf = (config: Platform) => readonly Alert[];
