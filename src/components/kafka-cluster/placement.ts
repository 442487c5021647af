import type { k8s } from 'cdk8s-plus-27';
import { hostAntiAffinity } from '../../kubernetes/host-anti-affinity';
import { scheduled } from '../../kubernetes/scheduling';
import { spreadOverZones } from '../../kubernetes/spread';
import { ZONE_LABEL } from '../../kubernetes/zone-label';
import type { NodePool } from './node-pool-props';

/**
 * On which nodes of Kubernetes the pods of a pool run, and with which priority. A pool with a zone stays in it; any other is
 * spread over the zones.
 * @param labels of all pods that must not share a node
 */
export function placement({ scheduling, zone }: NodePool, labels: Record<string, string>): Partial<k8s.PodSpec> {
  const { nodeSelector, podAntiAffinity, zoneSpread } = scheduling;
  const ofZone: Record<string, string> = zone === undefined ? {} : { [ZONE_LABEL]: zone };
  return {
    ...scheduled({ ...scheduling, nodeSelector: { ...nodeSelector, ...ofZone } }),
    affinity: hostAntiAffinity(podAntiAffinity, labels),
    ...(zone === undefined && { topologySpreadConstraints: [spreadOverZones(zoneSpread, labels)] }),
  };
}
