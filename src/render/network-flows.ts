import type { Platform } from '../config/load';
import type { Listener } from './layout';

/** Who takes part in traffic: the brokers' pods, and pods that carry the client label. */
export type Party = 'broker' | 'client';

/** A port of a broker's pod. */
export type BrokerPort = Listener | 'guard';

/** One direction of traffic that exists; every other is denied. */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  readonly port: BrokerPort;
}

/** Label that makes a pod of the namespace a client: `kafka-platform/client: "true"`. */
export const CLIENT_LABEL = { 'kafka-platform/client': 'true' } as const;

/** The one list of what may talk to what; policies are rendered from it and tests try every cell of it. */
export const FLOWS: readonly Flow[] = [
  { from: 'client', to: 'broker', port: 'client' },
  { from: 'broker', to: 'broker', port: 'controller' },
  { from: 'broker', to: 'broker', port: 'replication' },
  { from: 'broker', to: 'broker', port: 'guard' },
];

/** Whether traffic to a broker's port is meant to pass. */
export const isAllowed = (from: Party | 'stranger', port: BrokerPort): boolean =>
  FLOWS.some((flow) => flow.from === from && flow.to === 'broker' && flow.port === port);

/** Number of every port of a broker's pod. */
export const brokerPorts = ({ brokers, guard }: Platform): Readonly<Record<BrokerPort, number>> => ({
  ...brokers.listeners,
  guard: guard.port,
});

/** The ports of the flows that match, in ascending order. */
export function flowPorts(config: Platform, match: (flow: Flow) => boolean): readonly number[] {
  const numbers = brokerPorts(config);
  return [...new Set(FLOWS.filter(match).map(({ port }) => numbers[port]))].sort((a, b) => a - b);
}
