import type { Platform } from '../platform/load';
import type { NodePool } from '../components/kafka-cluster/node-pool-props';
import { ZONE_LABEL } from '../kubernetes/zone-label';
import type { Problem } from '../validation/problems';
import type { Node } from './objects';

interface ZoneFacts {
  readonly context: string;
  readonly nodes: readonly Node[];
}

/**
 * Pools whose pods need the zones of nodes, in a cluster without any zone. A zone that no node has at the moment is accepted,
 * because an autoscaler may add the first node of a zone for these pods.
 */
export function zoneProblems({ brokers }: Platform, { context, nodes }: ZoneFacts): readonly Problem[] {
  if (nodes.some(({ metadata }) => metadata.labels?.[ZONE_LABEL] !== undefined)) return [];
  return brokers.nodePools.flatMap((pool, index): readonly Problem[] => {
    const setting = zoneSetting(pool);
    if (setting === undefined) return [];
    const path = `brokers.nodePools.${index}.${setting.name}`;
    return [
      {
        path,
        value: setting.value,
        message: `no node of ${context} has the label ${ZONE_LABEL}: the pods of the pool would stay Pending`,
        allowed: 'not set, in a cluster whose nodes have no zones',
        fix: `remove ${path}, or label the nodes with their zones`,
      },
    ];
  });
}

/** The setting of a pool that needs nodes with zones. */
function zoneSetting({ zone, scheduling }: NodePool): { readonly name: string; readonly value: string } | undefined {
  if (zone !== undefined) return { name: 'zone', value: zone };
  const { zoneSpread } = scheduling;
  return zoneSpread === 'DoNotSchedule' ? { name: 'scheduling.zoneSpread', value: zoneSpread } : undefined;
}
