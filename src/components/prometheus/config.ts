import type { Naming } from '../../kubernetes/naming';
import type { PullSecrets } from '../../kubernetes/pull-secrets-props';
import type { Scheduling } from '../../kubernetes/scheduling-props';
import type { MonitoringProps } from '../../monitoring/props';

/** What Prometheus is made of. */
export interface PrometheusConfig extends Naming, PullSecrets {
  /** Its image, its volume, and how often it scrapes. */
  readonly monitoring: MonitoringProps;
  /** Node selection of Prometheus' pods. */
  readonly scheduling: Scheduling;
}
