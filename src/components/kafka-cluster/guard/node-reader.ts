import type { ClusterView } from './stop-rule';
import type { SyncObservation } from './sync-latch';

/** What the cluster said. */
export interface Reading {
  readonly views: readonly ClusterView[];
  /** Nothing listens on this node's port; one that is only slow is not down. */
  readonly isOwnDown: boolean;
}

/** How a guard sees its own node, and the cluster for the stop of this node. */
export interface NodeReader {
  /** What the cluster says of this node's part in it. */
  read(): Promise<Reading>;
  /** Whether this node's port is open. */
  isOwnUp(): Promise<boolean>;
  /** Whether this node does its part at this moment. */
  isOwnServing(): Promise<boolean>;
  /** How this node stands after a start. */
  observeSelf(): Promise<SyncObservation>;
}
