import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ObjectNaming } from './naming';
import { selectorLabels, type Identity } from './labels';
import { objectMetadata } from './object-metadata';
import { spread } from './spread';
import { addDisruptionBudget } from './disruption-budget';

interface DeploymentProps extends Identity {
  readonly name: string;
  /** @default 1 */
  readonly replicas?: number;
  readonly pod: k8s.PodSpec;
  /** Labels of the pods in addition to the labels of every object. */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Maximum number of additional and of unavailable pods during a rolling update. @default Kubernetes' default, 25 %
   * each
   */
  readonly rollout?: { readonly maxSurge: number; readonly maxUnavailable: number };
  /** Annotations of the pods; a change of an annotation restarts them. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Deployment of identical pods. Its disruption budget allows one unavailable pod at a time. */
export function addDeployment(scope: Construct, config: ObjectNaming, props: DeploymentProps): void {
  const { name, replicas = 1, pod, podLabels, rollout, annotations } = props;
  const metadata = objectMetadata(config, props, name);
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata,
    spec: {
      replicas,
      ...(rollout === undefined ? {} : { strategy: rolling(rollout) }),
      selector: { matchLabels: selectorLabels(config, props) },
      template: {
        metadata: {
          labels: { ...metadata.labels, ...podLabels },
          ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
        },
        spec: {
          ...pod,
          ...(replicas < 2 ? {} : { topologySpreadConstraints: spread(selectorLabels(config, props)) }),
        },
      },
    },
  });
  addDisruptionBudget(scope, {
    metadata,
    selector: { matchLabels: selectorLabels(config, props) },
    replicas,
    holdsData: false,
  });
}

const rolling = ({ maxSurge, maxUnavailable }: NonNullable<DeploymentProps['rollout']>): k8s.DeploymentStrategy => ({
  type: 'RollingUpdate',
  rollingUpdate: {
    maxSurge: k8s.IntOrString.fromNumber(maxSurge),
    maxUnavailable: k8s.IntOrString.fromNumber(maxUnavailable),
  },
});
