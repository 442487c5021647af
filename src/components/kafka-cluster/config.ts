import type { Naming } from '../../kubernetes/naming';
import type { PullSecrets } from '../../kubernetes/pull-secrets-props';
import type { MonitoringProps } from '../../monitoring/props';
import type { Topic } from '../topics/topic';
import type { GuardProps } from './guard/props';
import type { BrokersProps } from './props';
import type { SecurityProps } from './security/props';

/** What the brokers, their files and their alerts are made of. */
export interface KafkaClusterConfig extends Naming, PullSecrets {
  /** The brokers, their quorum and what they keep. */
  readonly brokers: BrokersProps;
  /** How connections to the brokers are protected. */
  readonly security: SecurityProps;
  /** What stands beside each broker. */
  readonly guard: GuardProps;
  /** Port of the brokers' metrics. */
  readonly monitoring: MonitoringProps;
  /** What brokers keep: their settings and alerts are derived from it. */
  readonly topics: readonly Topic[];
}
