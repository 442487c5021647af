import { logBytes } from '../../monitoring/promql';
import type { KafkaClusterConfig } from './config';
import { USABLE_SHARE, diskCapacity } from './disk-budget';
import { brokersOf, controllerPools, isBroker, nodesOf, smallestClaim, type Node } from './nodes';

/** Volumes of nodes with the same task, as queries compare them with the logs on them. */
export interface Volumes {
  /** Bytes of the logs of each of these nodes. @param matchers further ones */
  readonly logs: (...matchers: readonly string[]) => string;
  /** The smallest claim, in bytes. */
  readonly claim: number;
  /** Of it, what logs may take. */
  readonly usable: number;
}

/** Those of the brokers and, where there are any, those of controllers alone, which are much smaller. */
export function volumesOf({ brokers }: Pick<KafkaClusterConfig, 'brokers'>): readonly [Volumes, ...Volumes[]] {
  const ofBrokers = {
    claim: smallestClaim(brokers),
    usable: Math.floor(Math.floor(diskCapacity({ brokers }).bytes) / brokersOf(brokers).length),
  };
  const pools = controllerPools(brokers);
  if (pools.length === 0) return [{ ...ofBrokers, logs: (...matchers) => logBytes(matchers) }];
  const claim = Math.min(...pools.map(({ storage }) => storage.size));
  const controllers = nodesOf(brokers).filter((node) => !isBroker(node));
  return [
    { ...ofBrokers, logs: logsOf(brokersOf(brokers)) },
    { claim, usable: Math.floor(claim * USABLE_SHARE), logs: logsOf(controllers) },
  ];
}

const logsOf =
  (nodes: readonly Node[]): Volumes['logs'] =>
  (...matchers) =>
    logBytes([`broker=~"${nodes.map(({ id }) => id).join('|')}"`, ...matchers]);
