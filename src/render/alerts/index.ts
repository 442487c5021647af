import type { Platform } from '../../config/load';
import { minutes } from '../../config/units';
import type { Subject } from './alert';
import { brokerAlerts } from './brokers';
import { capacityAlerts } from './capacity';
import { componentAlerts } from './components';
import { consumerAlerts } from './consumers';
import { eventAlerts } from './events';
import { quorumAlerts } from './quorum';
import { replicationAlerts } from './replication';

/** Every alert that a configuration needs. */
export const alertsBySubject = (config: Platform): readonly Subject[] => [
  { subject: 'brokers', alerts: brokerAlerts(config) },
  { subject: 'quorum', alerts: quorumAlerts(config) },
  { subject: 'replication', alerts: replicationAlerts(config) },
  // Hours are looked at: not with every scrape.
  { subject: 'capacity', intervalMs: minutes(1), alerts: capacityAlerts(config) },
  { subject: 'consumers', alerts: consumerAlerts(config) },
  { subject: 'events', alerts: eventAlerts(config) },
  { subject: 'components', alerts: componentAlerts(config) },
];
