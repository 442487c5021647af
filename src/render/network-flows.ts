import type { Platform } from '../config/load';
import type { Listener } from './layout';

/** Who takes part in traffic: the brokers, and pods that carry the client label. */
export type Party = 'broker' | 'client';

/** One direction of traffic that exists; every other is denied. */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly listener: Listener;
}

/** Label that makes a pod of the namespace a client: `kafka-platform/client: "true"`. */
export const CLIENT_LABEL = { 'kafka-platform/client': 'true' } as const;

/** The one list of what may talk to what; policies are rendered from it and tests try every cell of it. */
export const FLOWS: readonly Flow[] = [
  { from: 'client', to: 'broker', listener: 'client' },
  { from: 'broker', to: 'broker', listener: 'controller' },
  { from: 'broker', to: 'broker', listener: 'replication' },
];

/** Whether traffic between two parties on a listener is meant to pass. */
export const isAllowed = (from: Party | 'stranger', listener: Listener): boolean =>
  FLOWS.some((flow) => flow.from === from && flow.to === 'broker' && flow.listener === listener);

/** The ports of the flows that match, in ascending order. */
export function flowPorts({ brokers }: Platform, match: (flow: Flow) => boolean): readonly number[] {
  return [...new Set(FLOWS.filter(match).map(({ listener }) => brokers.listeners[listener]))].sort((a, b) => a - b);
}
