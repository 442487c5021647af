import type { ClusterSettings } from '../cluster-settings';
import { hasRacks, isBroker } from '../nodes';
import { eachPool } from './each-pool';
import { findingIf, type Rule } from '../../../validation/rule';
import { ZONE_LABEL } from '../../../kubernetes/zone-label';

const READS = ['brokers.nodePools'];

export const zoneRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: READS,
    check: ({ brokers }) =>
      eachPool(brokers, (path, pool) =>
        findingIf(hasRacks(brokers) && isBroker({ pool }) && pool.zone === undefined, {
          path: [...path, 'zone'],
          message: 'other brokers have a zone: Kafka would take the brokers without one for a rack of its own',
          allowed: 'a zone for every pool with the role broker, or for none',
          fix: `set ${path.join('.')}.zone, or remove the zones of the other pools`,
        }),
      ),
  },
  {
    reads: READS,
    check: ({ brokers }) =>
      eachPool(brokers, (path, { zone, scheduling }) =>
        findingIf(zone !== undefined && Object.hasOwn(scheduling.nodeSelector, ZONE_LABEL), {
          path: [...path, 'scheduling', 'nodeSelector', ZONE_LABEL],
          message: `the node selector names the zone a second time, beside the zone ${zone ?? ''} of the pool`,
          allowed: `no ${ZONE_LABEL} in the node selector of a pool with a zone`,
          fix: `remove it from ${path.join('.')}.scheduling.nodeSelector`,
        }),
      ),
  },
  {
    reads: READS,
    check: ({ brokers }) =>
      eachPool(brokers, (path, { zone, scheduling }) =>
        findingIf(zone !== undefined && scheduling.zoneSpread === 'DoNotSchedule', {
          path: [...path, 'scheduling', 'zoneSpread'],
          message: `all nodes of the pool are in the zone ${zone ?? ''}: there is nothing to spread over`,
          allowed: 'not set, in a pool with a zone',
          fix: `remove ${path.join('.')}.scheduling.zoneSpread, or the zone`,
        }),
      ),
  },
];
