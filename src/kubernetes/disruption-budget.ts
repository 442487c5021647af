import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

interface DisruptionBudgetProps {
  /** Id of the construct. @default disruption-budget */
  readonly id?: string;
  readonly metadata: k8s.ObjectMeta;
  readonly selector: k8s.LabelSelector;
  /** Number of replicas that the budget covers. */
  readonly replicas: number;
  /**
   * Whether the pods hold data. A pod with data that is not ready may be evicted only while all others are ready,
   * because it is recovering or catching up and will be needed next. Unready pods without data may always be evicted;
   * otherwise two broken pods would block the drain of their nodes indefinitely.
   */
  readonly holdsData: boolean;
}

/**
 * Allows one unavailable pod of a set at a time. A single replica gets no budget, because the budget would only block
 * drains.
 */
export function addDisruptionBudget(scope: Construct, props: DisruptionBudgetProps): void {
  if (props.replicas < 2) return;
  new k8s.KubePodDisruptionBudget(scope, props.id ?? 'disruption-budget', {
    metadata: props.metadata,
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: props.holdsData ? 'IfHealthyBudget' : 'AlwaysAllow',
      selector: props.selector,
    },
  });
}
