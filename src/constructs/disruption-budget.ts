import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

interface DisruptionBudgetProps {
  readonly metadata: k8s.ObjectMeta;
  readonly selectorLabels: Record<string, string>;
  /** How many replicas the budget guards. */
  readonly replicas: number;
}

/**
 * At most one pod of a set away at a time. A single replica gets no budget, as that would only block drains. Pods that
 * are not ready may always be evicted, else a broken one could hold up its node for good.
 */
export function addDisruptionBudget(scope: Construct, props: DisruptionBudgetProps): void {
  if (props.replicas < 2) return;
  new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
    metadata: props.metadata,
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: props.selectorLabels },
    },
  });
}
