import type { Platform } from '../config/load';
import type { SampleName } from '../config/samples';

/** A part of the platform, as `app.kubernetes.io/component` names it. */
export type Component =
  | 'broker'
  | 'registry'
  | 'ui'
  | 'prometheus'
  | 'lag-exporter'
  | 'dashboards'
  | 'platform'
  | 'topic-provisioning'
  | 'schema-provisioning'
  | 'smoke-test'
  | SampleName;

type Labels = Record<string, string>;

/** Selectors are immutable: they hold what never changes, no version and nothing that depends on the construct tree. */
export function selectorLabels({ name }: Pick<Platform, 'name'>, component: Component): Labels {
  return {
    'app.kubernetes.io/name': 'kafka',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
  };
}

/** The selector's labels and those that only describe. */
export function objectLabels(config: Pick<Platform, 'name'>, component: Component): Labels {
  return { ...selectorLabels(config, component), ...partOf };
}

const partOf = {
  'app.kubernetes.io/part-of': 'kafka-platform',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
