import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { objectLabels, selectorLabels, type Component } from '../render/labels';
import { addDisruptionBudget } from './disruption-budget';

interface DeploymentProps {
  readonly component: Component;
  readonly name: string;
  /** @default 1 */
  readonly replicas?: number;
  readonly pod: k8s.PodSpec;
  /** Of the pods, beside those of every object. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** How many pods more, and how many fewer, there may be while a release replaces another. @default Kubernetes' quarters */
  readonly rollout?: { readonly maxSurge: number; readonly maxUnavailable: number };
  /** Of the pods, for what has to start them anew. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Pods of a component that are all alike, one of them away at a time. */
export function addDeployment(scope: Construct, config: Platform, props: DeploymentProps): void {
  const { component, name, replicas = 1, pod, podLabels, rollout, annotations } = props;
  const labels = objectLabels(config, component);
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata: { name, namespace: config.namespace, labels },
    spec: {
      replicas,
      ...(rollout === undefined ? {} : { strategy: rolling(rollout) }),
      selector: { matchLabels: selectorLabels(config, component) },
      template: {
        metadata: {
          labels: { ...labels, ...podLabels },
          ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
        },
        spec: pod,
      },
    },
  });
  addDisruptionBudget(scope, {
    metadata: { name, namespace: config.namespace, labels },
    selectorLabels: selectorLabels(config, component),
    replicas,
  });
}

const rolling = ({ maxSurge, maxUnavailable }: NonNullable<DeploymentProps['rollout']>): k8s.DeploymentStrategy => ({
  type: 'RollingUpdate',
  rollingUpdate: {
    maxSurge: k8s.IntOrString.fromNumber(maxSurge),
    maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable),
  },
});
