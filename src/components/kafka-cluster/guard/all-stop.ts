import type { GuardedNode } from './settings';
import type { AllStop } from './stop-guard';
import type { StopStatus } from './peers';

interface OtherGuards {
  readonly statuses: ReadonlyMap<number, StopStatus>;
  isAnswering(nodeId: number): boolean;
}

/**
 * Whether a whole cluster stops. Without brokers there are no writes to protect, so they leave together, and controllers after them:
 * a broker that stops needs the quorum for it.
 */
export function allStop(nodes: readonly GuardedNode[], self: GuardedNode, peers: OtherGuards): AllStop {
  const statusOf = ({ id }: GuardedNode): StopStatus => peers.statuses.get(id) ?? 'none';
  const statuses = nodes.filter(({ id, isBroker }) => id !== self.id && isBroker === self.isBroker).map(statusOf);
  const brokers = self.isBroker ? [] : nodes.filter(({ isBroker }) => isBroker);
  const remaining = brokers.filter(({ id }) => peers.isAnswering(id));
  return {
    // A broker of which nothing was heard is not asked.
    isAsked: [...statuses, ...remaining.map(statusOf)].every((status) => status !== 'none'),
    isNext: remaining.length === 0,
    statuses,
  };
}
