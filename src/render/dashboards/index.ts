import type { Platform } from '../../config/load';
import { clientsDashboard } from './clients';
import { clusterDashboard } from './cluster';
import { consumerGroupsDashboard } from './consumer-groups';
import type { Dashboard } from './dashboard';
import { eventsDashboard } from './events';
import { kraftDashboard } from './kraft';
import { topicsDashboard } from './topics';

/** Every dashboard of a platform. */
export const dashboards = (config: Platform): readonly Dashboard[] =>
  [clusterDashboard, kraftDashboard, topicsDashboard, consumerGroupsDashboard, clientsDashboard, eventsDashboard].map(
    (of) => of(config),
  );
