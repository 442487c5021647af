import type { k8s } from 'cdk8s-plus-27';
import type { Scheduling } from './scheduling-props';

/** The node selection fields of a pod; empty if nothing is set. */
export function scheduled({ priorityClassName, nodeSelector, tolerations }: Scheduling): Partial<k8s.PodSpec> {
  return {
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector: { ...nodeSelector } }),
    ...(tolerations.length === 0 ? {} : { tolerations: tolerations.map((one) => ({ ...one })) }),
  };
}

/** Annotations that prevent autoscalers from draining the node of a pod. */
export const STAYS: Readonly<Record<string, string>> = {
  'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
  'karpenter.sh/do-not-disrupt': 'true',
};
