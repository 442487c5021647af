import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { objectLabels, selectorLabels, type Component } from '../render/labels';

interface ServiceProps {
  readonly component: Component;
  readonly name: string;
  /** Number of each port by its name in the pod. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The address of a component inside the cluster. */
export function addService(scope: Construct, config: Platform, { component, name, ports }: ServiceProps): void {
  new k8s.KubeService(scope, 'service', {
    metadata: { name, namespace: config.namespace, labels: objectLabels(config, component) },
    spec: { selector: selectorLabels(config, component), ports: servicePorts(ports) },
  });
}

interface PodNamesProps extends ServiceProps {
  /** Of the pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/** A name that stands for each of some pods, ready or not: what is not ready is to be seen all the same. */
export function addPodNames(
  scope: Construct,
  config: Platform,
  { component, name, ports, selector }: PodNamesProps,
): void {
  new k8s.KubeService(scope, 'pods', {
    metadata: { name, namespace: config.namespace, labels: objectLabels(config, component) },
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
