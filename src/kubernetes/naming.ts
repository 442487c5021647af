/** The parts of the names and labels of a platform's objects. */
export interface Naming {
  /** Name of the platform; prefix of the names of all its objects. */
  readonly name: string;
  /** Namespace of the objects, and part of the DNS names of their Services. */
  readonly namespace: string;
  /** DNS domain of Services, such as `cluster.local`. */
  readonly clusterDomain: string;
}

/** The part of `Naming` that objects without DNS names need. */
export type ObjectNaming = Pick<Naming, 'name' | 'namespace'>;

/** DNS name of a Service, which every pod of the Kubernetes cluster can resolve. */
export const serviceHost = ({ namespace, clusterDomain }: Naming, service: string): string =>
  `${service}.${namespace}.svc.${clusterDomain}`;
