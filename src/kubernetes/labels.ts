import type { Naming } from './naming';

type Labels = Record<string, string>;

/** What the labels of a component's objects say about the component. */
export interface Identity {
  /** `app.kubernetes.io/name`: the software that runs, by its usual name. */
  readonly application: string;
  /** `app.kubernetes.io/component`: the role of the software in the platform. */
  readonly component: string;
}

/** Application name of this project's own programs and of objects that only the platform has. */
export const OWN_APPLICATION = 'kafka-platform';

/**
 * Selectors are immutable. They contain only labels that never change: no versions, and nothing that depends on the
 * construct tree.
 */
export function selectorLabels({ name }: Pick<Naming, 'name'>, { application, component }: Identity): Labels {
  return {
    'app.kubernetes.io/name': application,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
  };
}

/** Labels that select all objects of a component, independent of the application that implements it in a release. */
export const componentLabels = ({ name }: Pick<Naming, 'name'>, component: string): Labels => ({
  'app.kubernetes.io/instance': name,
  'app.kubernetes.io/component': component,
});

/** The labels of the selector and the descriptive labels. */
export function objectLabels(config: Pick<Naming, 'name'>, identity: Identity): Labels {
  return { ...selectorLabels(config, identity), ...partOf };
}

/** Labels of every object of a platform. */
export const instanceLabels = ({ name }: Pick<Naming, 'name'>): Labels => ({
  'app.kubernetes.io/instance': name,
  ...partOf,
});

const partOf = {
  'app.kubernetes.io/part-of': OWN_APPLICATION,
  'app.kubernetes.io/managed-by': 'cdk8s',
};

/** Marks a pod of the namespace as a client of the platform: `kafka-platform/client: "true"`. */
export const CLIENT_LABEL = { 'kafka-platform/client': 'true' } as const;

/** Marks a client pod that serves metrics: `kafka-platform/metrics: "true"`. */
export const METRICS_LABEL = { 'kafka-platform/metrics': 'true' } as const;
