import type { GuardedNode } from '../../src/components/kafka-cluster/guard/settings';

/** A node of whose addresses nothing is used. */
export const guardedNode = (id: number): GuardedNode => ({
  id,
  host: 'localhost',
  kafkaPort: 1,
  controllerPort: 2,
  guardPort: 3,
  isBroker: false,
  isController: false,
  logDirectory: '/log',
});
