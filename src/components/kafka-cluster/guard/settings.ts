import type { KafkaClusterConfig } from '../config';
import type { Milliseconds } from '../../../validation/units';
import type { ClusterLayout } from '../layout';
import { isBroker, isVoter } from '../nodes';

/** One node as the guards reach it. */
export interface GuardedNode {
  readonly id: number;
  readonly host: string;
  /** Of its replication listener: guards talk to brokers as brokers do, so that no further flow has to be open. */
  readonly kafkaPort: number;
  /** Of its controller listener. */
  readonly controllerPort: number;
  /** Of the guard beside it. */
  readonly guardPort: number;
  /** Whether it stores topics. */
  readonly isBroker: boolean;
  /** Whether it is part of the metadata quorum. */
  readonly isController: boolean;
  /** Directory of its logs and metadata, which its own guard reads. */
  readonly logDirectory: string;
}

/** All that a guard knows: the file beside the brokers' properties. */
export interface GuardSettings {
  /** `brokers.clusterId`. */
  readonly clusterId: string;
  /** Of the pods. */
  readonly namespace: string;
  readonly nodes: readonly GuardedNode[];
  readonly stopWaitMs: Milliseconds;
}

/** @param guardPort port of the guard of a node */
export function guardSettings(
  { namespace, brokers, guard }: KafkaClusterConfig,
  { nodes }: ClusterLayout,
  guardPort: (nodeId: number) => number = () => guard.port,
): GuardSettings {
  return {
    namespace,
    clusterId: brokers.clusterId,
    nodes: nodes.map(({ id, pool, host, ports, logDirectory }) => ({
      id,
      host,
      kafkaPort: ports.replication,
      controllerPort: ports.controller,
      guardPort: guardPort(id),
      isBroker: isBroker({ pool }),
      isController: isVoter({ pool }),
      logDirectory,
    })),
    stopWaitMs: guard.stopWaitMs,
  };
}

/** @throws when no node has the id */
export function nodeWithId(nodes: readonly GuardedNode[], nodeId: number): GuardedNode {
  const node = nodes.find(({ id }) => id === nodeId);
  if (node === undefined)
    throw new Error(`there is no node ${nodeId}; there are ${nodes.map(({ id }) => id).join(', ')}`);
  return node;
}
