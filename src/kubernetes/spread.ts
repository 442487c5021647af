import type { k8s } from 'cdk8s-plus-27';

/** Spreads pods over nodes and zones where enough exist. Pods remain schedulable where they do not. */
export const spread = (labels: Record<string, string>): k8s.TopologySpreadConstraint[] =>
  ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
  }));
