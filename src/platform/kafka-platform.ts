import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Component } from '../components/component';
import { bootstrapAddress } from '../components/kafka-cluster/kubernetes-layout';
import { registryUrl } from '../components/schema-registry/model';
import { componentsOf } from './components';
import { parseConfig, type Platform } from './load';
import { partsOf } from './parts';
import type { Environment } from './environment';

/** The definition of an environment: a configuration, and the schemas that are registered in its schema registry. */
export type KafkaPlatformProps = Environment;

/**
 * A Kafka cluster with all components of its configuration: schema registry, Kafka UI, Prometheus, topics, schemas and
 * applications. The names of all objects begin with `name`, by default the id of the construct. Their namespace is by
 * default the namespace of the chart.
 * @throws {ConfigError} with every problem of the configuration: path, value, allowed values and fix
 */
export class KafkaPlatform extends Construct {
  /** The configuration with all defaults applied. */
  readonly config: Platform;
  /** Value for the clients' `bootstrap.servers`, as `host:port`, reachable from the whole Kubernetes cluster. */
  readonly bootstrapServers: string;
  /** URL of the schema registry including its base path; undefined if the configuration has no registry. */
  readonly registryUrl: string | undefined;
  /** The components of the platform with their ports, connections, metrics and alerts. */
  readonly components: readonly Component[];

  constructor(scope: Construct, id: string, { schemas, ...input }: KafkaPlatformProps) {
    super(scope, id);
    const { namespace } = Chart.of(this);
    this.config = parseConfig({ name: id, ...(namespace !== undefined && { namespace }), ...input }, this.node.path);
    this.bootstrapServers = bootstrapAddress(this.config);
    this.registryUrl = registryUrl(this.config);
    this.components = componentsOf(this.config);
    for (const { name, addTo } of partsOf(this.config, schemas)) addTo(new Construct(this, name));
  }
}
