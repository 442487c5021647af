import type { Batch } from 'kafkajs';
import type { GroupPositions } from './group-positions';
import type { LogOffset } from './partition-log';

/**
 * Maps private objects of kafkajs to the positions that they belong to. Each consumer has its own cluster and brokers.
 */
const ofClusters = new WeakMap<object, GroupPositions>();
const ofBrokers = new WeakMap<object, GroupPositions>();
/** What was requested, by the list of messages that kafkajs keeps in its batch. */
const ofMessages = new WeakMap<object, LogOffset>();

export const positionsOf = (cluster: object): GroupPositions | undefined => ofClusters.get(cluster);

export const keepPositions = (cluster: object, positions: GroupPositions): void =>
  void ofClusters.set(cluster, positions);

export const positionsOfBroker = (broker: object): GroupPositions | undefined => ofBrokers.get(broker);

/** Registers a broker that was found through the cluster. */
export function noteBroker(cluster: object, broker: object): void {
  const positions = ofClusters.get(cluster);
  if (positions !== undefined) ofBrokers.set(broker, positions);
}

export const noteRequested = (messages: object, requested: LogOffset): void => void ofMessages.set(messages, requested);

/** The offset at which the batch was requested, and its log; undefined if kafkajs fetched it without topic id. */
export const requestedOf = (batch: Batch): LogOffset | undefined =>
  ofMessages.get((batch as unknown as { readonly rawMessages: object }).rawMessages);
