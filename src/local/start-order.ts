import { knowsVoters } from '../components/kafka-cluster/formation/disk';
import { metadataDirectory, readDisks } from '../components/kafka-cluster/formation/node-disks';
import type { BrokerNode } from '../components/kafka-cluster/layout';
import { isVoter } from '../components/kafka-cluster/nodes';

interface StartOrder {
  readonly first: readonly BrokerNode[];
  /** They start when the quorum has a leader. */
  readonly joining: readonly BrokerNode[];
}

/**
 * Nodes that do not know the voters yet start when the quorum has a leader, as their guards make them on Kubernetes. They ask any
 * controller for it, and one that has just started may know the last leader by its id alone: Kafka 4.3 ends the process that is told so
 * ("Unknown leader endpoints"). A new quorum has had no leader, so all of its nodes start at once.
 */
export function startOrder(nodes: readonly BrokerNode[]): StartOrder {
  const knows = (node: BrokerNode): boolean => knowsVoters(metadataDirectory(node));
  const hadLeader = nodes.some((node) => isVoter(node) && knows(node) && readDisks(node).state === 'formed');
  const isJoining = (node: BrokerNode): boolean => hadLeader && !knows(node);
  return { first: nodes.filter((node) => !isJoining(node)), joining: nodes.filter(isJoining) };
}
