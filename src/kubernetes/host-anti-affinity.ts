import type { k8s } from 'cdk8s-plus-27';
import { HOST_LABEL } from './spread';

/** The largest weight of a preference: no other preference of these pods competes with it. */
const WEIGHT = 100;

/** Keeps pods with the labels on different nodes: `required` leaves a pod Pending rather than place two on one node. */
export function hostAntiAffinity(kind: 'required' | 'preferred', labels: Record<string, string>): k8s.Affinity {
  const term: k8s.PodAffinityTerm = { topologyKey: HOST_LABEL, labelSelector: { matchLabels: labels } };
  return {
    podAntiAffinity:
      kind === 'required'
        ? { requiredDuringSchedulingIgnoredDuringExecution: [term] }
        : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: WEIGHT, podAffinityTerm: term }] },
  };
}
