import type { MonitoringProps } from '../../monitoring/props';
import type { TopicsSettings } from '../topics/topics-settings';
import type { GuardProps } from './guard/props';
import type { BrokersProps } from './props';
import type { SecurityProps } from './security/props';

/** The cluster as it is written, with every default: what rules look at. */
export interface ClusterSettings extends TopicsSettings {
  readonly brokers: BrokersProps;
  readonly security: SecurityProps;
  readonly guard: GuardProps;
  readonly monitoring: MonitoringProps;
  /** Share of the topics' expected production traffic that this environment sees. */
  readonly trafficShare: number;
}
