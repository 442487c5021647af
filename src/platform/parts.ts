import type { Construct } from 'constructs';
import { Application } from '../components/application/application';
import { applicationsOf } from '../components/application/applications';
import { dashboardsOf } from '../components/derived';
import { GrafanaDashboards } from '../components/grafana-dashboards/grafana-dashboards';
import { KafkaCluster } from '../components/kafka-cluster/kafka-cluster';
import { KafkaUi } from '../components/kafka-ui/kafka-ui';
import { LagExporter } from '../components/lag-exporter/lag-exporter';
import { NetworkPolicies } from '../components/network-policies/network-policies';
import { PlatformConfig, platformConfigMaps } from '../components/platform-config/platform-config';
import { Prometheus } from '../components/prometheus/prometheus';
import { PrometheusOperator } from '../components/prometheus/prometheus-operator';
import { registryProvider } from '../components/schema-registry/provider';
import { SchemaRegistry } from '../components/schema-registry/schema-registry';
import type { SchemaCatalogue } from '../components/schemas/definition';
import { subjectsDocument } from '../components/schemas/document';
import { SchemaProvisioning, subjectsMaps } from '../components/schemas/schema-provisioning';
import { SmokeTest } from '../components/smoke-test/smoke-test-job';
import { TopicProvisioning } from '../components/topics/topic-provisioning';
import { PlatformNamespace } from '../kubernetes/platform-namespace';
import { componentsOf } from './components';
import type { Platform } from './load';

// For projects that put individual constructs into their own chart.
export { KafkaCluster, type KafkaClusterProps } from '../components/kafka-cluster/kafka-cluster';
export { SchemaRegistry, type SchemaRegistryProps } from '../components/schema-registry/schema-registry';
export { TopicProvisioning, type TopicProvisioningProps } from '../components/topics/topic-provisioning';
export { SchemaProvisioning, type SchemaProvisioningProps } from '../components/schemas/schema-provisioning';
export { KafkaUi, type KafkaUiProps } from '../components/kafka-ui/kafka-ui';
export { LagExporter, type LagExporterProps } from '../components/lag-exporter/lag-exporter';
export { Prometheus, type PrometheusProps } from '../components/prometheus/prometheus';
export { PrometheusOperator, type PrometheusOperatorProps } from '../components/prometheus/prometheus-operator';
export { Application, type ApplicationProps } from '../components/application/application';
export { applicationsOf } from '../components/application/applications';
export { GrafanaDashboards, type GrafanaDashboardsProps } from '../components/grafana-dashboards/grafana-dashboards';
export { NetworkPolicies, type NetworkPoliciesProps } from '../components/network-policies/network-policies';
export { PlatformConfig, type PlatformConfigProps } from '../components/platform-config/platform-config';
export { SmokeTest, type SmokeTestProps } from '../components/smoke-test/smoke-test-job';

/** Objects that are applied together. When manifests are split into files, each part is one file. */
export interface Part {
  /** Last part of the file name. */
  readonly name: string;
  /** Creates the constructs of this part in a scope. */
  readonly addTo: (scope: Construct) => void;
}

/**
 * Creates and connects the constructs of all components, in the order in which their objects are applied.
 * @param schemas schemas to register. @default none
 * @throws {ConfigError} when the versions of a schema violate its compatibility level
 */
export function partsOf(config: Platform, schemas: readonly SchemaCatalogue[] = []): readonly Part[] {
  const components = componentsOf(config);
  const configMaps = platformConfigMaps(config);
  const provider = registryProvider(config);
  const hasSchemas = schemas.some(({ definitions }) => definitions.length > 0);
  const topics = config.topics.map(({ name }) => name);
  const registered = provider && hasSchemas ? subjectsDocument(schemas, topics) : undefined;
  const { mode, dashboards } = config.monitoring;
  const parts: readonly (Part | false)[] = [
    config.renderNamespace && {
      name: 'namespace',
      addTo: (scope) => new PlatformNamespace(scope, 'namespace', config),
    },
    {
      name: 'network',
      addTo: (scope) => new NetworkPolicies(scope, 'network-policies', { ...config, components }),
    },
    { name: 'config', addTo: (scope) => new PlatformConfig(scope, 'platform-config', { config }) },
    { name: 'brokers', addTo: (scope) => new KafkaCluster(scope, 'brokers', config) },
    {
      name: 'workloads',
      addTo: (scope) => {
        new TopicProvisioning(scope, 'topic-provisioning', { ...config, configMaps });
        const subjects = registered && { subjectsMaps: subjectsMaps(config, registered) };
        new SmokeTest(scope, 'smoke-test', { ...config, configMaps, ...subjects });
      },
    },
    provider !== undefined && {
      name: 'registry',
      addTo: (scope) => {
        new SchemaRegistry(scope, 'schema-registry', { ...config, configMaps });
        if (registered !== undefined)
          new SchemaProvisioning(scope, 'schema-provisioning', { ...config, configMaps, subjects: registered });
      },
    },
    config.ui.enabled && { name: 'ui', addTo: (scope) => new KafkaUi(scope, 'kafka-ui', config) },
    {
      name: 'monitoring',
      addTo: (scope) => {
        new LagExporter(scope, 'lag-exporter', { ...config, configMaps });
        if (mode === 'prometheus') new Prometheus(scope, 'prometheus', { ...config, components });
        if (mode === 'operator') new PrometheusOperator(scope, 'prometheus-operator', { ...config, components });
      },
    },
    dashboards && {
      name: 'dashboards',
      addTo: (scope) => new GrafanaDashboards(scope, 'dashboards', { ...config, dashboards: dashboardsOf(components) }),
    },
    applicationsOf(config).length > 0 && {
      name: 'applications',
      addTo: (scope) => {
        for (const application of applicationsOf(config))
          new Application(scope, application.name, { ...config, application });
      },
    },
  ];
  return parts.filter((part) => part !== false);
}
