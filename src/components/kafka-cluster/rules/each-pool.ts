import type { ClusterSettings } from '../cluster-settings';
import type { NodePool } from '../node-pool-props';
import type { Finding, Path } from '../../../validation/rule';

/** Findings of a check that runs for each node pool. */
export const eachPool = (
  { nodePools }: ClusterSettings['brokers'],
  check: (path: Path, pool: NodePool) => readonly Finding[],
): readonly Finding[] => nodePools.flatMap((pool, index) => check(['brokers', 'nodePools', index], pool));
