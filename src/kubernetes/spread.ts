import type { k8s } from 'cdk8s-plus-27';
import { ZONE_LABEL } from './zone-label';

export const HOST_LABEL = 'kubernetes.io/hostname';

/** Spreads pods over nodes and zones where enough exist. Pods remain schedulable where they do not. */
export const spread = (labels: Record<string, string>): k8s.TopologySpreadConstraint[] =>
  [HOST_LABEL, ZONE_LABEL].map((topologyKey) => spreadOver(topologyKey, 'ScheduleAnyway', labels));

/** Spreads pods over the zones of the nodes. `DoNotSchedule` excludes nodes that have no label for their zone. */
export const spreadOverZones = (
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
  labels: Record<string, string>,
): k8s.TopologySpreadConstraint => spreadOver(ZONE_LABEL, whenUnsatisfiable, labels);

const spreadOver = (
  topologyKey: string,
  whenUnsatisfiable: string,
  labels: Record<string, string>,
): k8s.TopologySpreadConstraint => ({
  topologyKey,
  maxSkew: 1,
  whenUnsatisfiable,
  labelSelector: { matchLabels: labels },
});
