import type { Dashboard } from '../monitoring/dashboard';
import type { AlertGroup } from '../monitoring/alert';
import type { Role } from './users/role-props';

/** Label values by label name. */
export type Labels = Readonly<Record<string, string>>;

/** The address of a component inside the Kubernetes cluster. */
export interface Endpoint {
  /** DNS name. */
  readonly host: string;
  /** Port number. */
  readonly port: number;
  /** Protocol of the endpoint. */
  readonly scheme: 'http' | 'kafka';
  /** Prefix of every path of the API; empty if there is none. */
  readonly basePath?: string;
}

/**
 * A connection of a component to a port of another component. The network policies allow it only if the other component
 * exists.
 */
export interface Connection {
  /** Name of the other component. */
  readonly to: string;
  /** Name of a port of the other component's pods. */
  readonly port: string;
}

/** An address that serves metrics. */
export interface MetricsTarget {
  /** `host:port`. */
  readonly address: string;
  /** Labels added to the series of this target. @default none */
  readonly labels?: Labels;
}

/** A scrape job of Prometheus, in Kubernetes or on one machine. */
export interface Scrape {
  /** The `job` label, by which rules and dashboards select series. */
  readonly job: string;
  /** Path of the metrics. */
  readonly path: string;
  /** Targets with known addresses. */
  readonly targets?: readonly MetricsTarget[];
  /** A DNS name that resolves to the addresses of all targets. */
  readonly dnsName?: { readonly name: string; readonly port: number };
}

/** A metrics endpoint of a component, used by the platform's Prometheus and by the monitors of a Prometheus operator. */
export interface Metrics extends Scrape {
  /** Name of the pods' metrics port. */
  readonly port: string;
  /** Service whose pods are each scraped once. Without a Service, pods are selected by their labels. */
  readonly service?: string;
  /** Labels of the pods that serve metrics. @default the component's `podLabels` */
  readonly podLabels?: Labels;
  /** Labels copied to the series: the name of the series label, and the pod label that supplies its value. */
  readonly fromPodLabels?: Labels;
}

/** A web page of a component, served by a Service. */
export interface Web {
  /** Name of the Service. */
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
  /** Path of the page. */
  readonly path: string;
}

/** A component of the platform, as other components and tools see it. */
export interface Component {
  /** Value of the label `app.kubernetes.io/component` on the component's objects. */
  readonly name: string;
  /** Labels that select the component's pods and no other pods. */
  readonly podLabels: Labels;
  /** Namespace of pods that are not part of the platform. @default the namespace of the platform */
  readonly namespace?: string;
  /** Port numbers of the component's pods, by port name. */
  readonly ports: Readonly<Record<string, number>>;
  /** All connections that the component's pods open. Network policies deny every other connection. */
  readonly connectsTo: readonly Connection[];
  /** What the component may do on the brokers, as a user of its own name. @default it does not log in there */
  readonly roles?: readonly Role[];
  /** Addresses that clients of the component connect to, by endpoint name. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** Metrics endpoints of the component's pods, each a scrape job. @default the pods serve no metrics */
  readonly metrics?: readonly Metrics[];
  /** Web page of the component, opened by the command `open`. @default none */
  readonly web?: Web;
  /**
   * Name of the endpoint that the smoke test checks; the pod port of the same name is opened to the smoke test's pods.
   * @default none
   */
  readonly provenAt?: string;
  /** Whether a deployment waits for the component's pods to become ready, after the brokers are ready. */
  readonly isAwaited: boolean;
  /** Alert rules of the component. Rules of several components with the same group name are merged into one group. */
  readonly alerts: () => readonly AlertGroup[];
  /** Dashboards of the component. @default none */
  readonly dashboards?: () => readonly Dashboard[];
}

/** The URL of an HTTP endpoint. */
export const urlOf = ({ scheme, host, port, basePath = '' }: Endpoint): string =>
  `${scheme}://${host}:${port}${basePath}`;

/** `host:port`. */
export const addressOf = ({ host, port }: Pick<Endpoint, 'host' | 'port'>): string => `${host}:${port}`;
