import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ObjectNaming } from './naming';
import { selectorLabels, type Identity } from './labels';
import { objectMetadata } from './object-metadata';

interface ServiceProps extends Identity {
  readonly name: string;
  /** Port numbers by the name of the pod's port. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The Service of a component, its address inside the cluster. */
export function addService(scope: Construct, config: ObjectNaming, { name, ports, ...identity }: ServiceProps): void {
  new k8s.KubeService(scope, 'service', {
    metadata: objectMetadata(config, identity, name),
    spec: { selector: selectorLabels(config, identity), ports: servicePorts(ports) },
  });
}

interface PodNamesProps extends ServiceProps {
  /** Selector of the pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * A headless Service whose DNS name resolves to each selected pod, ready or not. Pods that are not ready must be
 * visible, too.
 */
export function addPodNames(
  scope: Construct,
  config: ObjectNaming,
  { name, ports, selector, ...identity }: PodNamesProps,
): void {
  new k8s.KubeService(scope, 'pods', {
    metadata: objectMetadata(config, identity, name),
    spec: {
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      selector: { ...selector },
      ports: servicePorts(ports),
    },
  });
}

const servicePorts = (ports: Readonly<Record<string, number>>): k8s.ServicePort[] =>
  Object.entries(ports).map(([name, port]) => ({ name, port, targetPort: k8s.IntOrString.fromNumber(port) }));
