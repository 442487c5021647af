/**
 * Package entry for projects with their own cdk8s app: the platform's constructs, and the types and functions for
 * writing its configuration.
 */
export * from './config';
export { KafkaPlatform, type KafkaPlatformProps } from './platform/kafka-platform';

// One construct for each component, and the function that connects them. The props of a construct are parts of a
// configuration: `new KafkaCluster(chart, 'kafka', parseConfig({ … }))`.
export * from './platform/parts';

// Values other than the configuration that props of constructs need.
export { componentsOf } from './platform/components';
export { dashboardsOf } from './components/derived';
export type {
  Component,
  Connection,
  Endpoint,
  Labels,
  Metrics,
  MetricsTarget,
  Scrape,
  Web,
} from './components/component';
export type { Alert, AlertGroup, Severity } from './monitoring/alert';
export type { Topic } from './components/topics/topic';
export type { Dashboard } from './monitoring/dashboard';
export { subjectsDocument } from './components/schemas/document';
