import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Component } from '../component';
import type { PrometheusConfig } from './config';
import { alertGroups } from './alert-rules';
import { BROKER_JOB } from '../kafka-cluster/names';
import { objectMetadata } from '../../kubernetes/object-metadata';
import { PROMETHEUS_IDENTITY } from './model';
import { operatorMonitors } from './monitors';

const API_VERSION = 'monitoring.coreos.com/v1';

/** Props of the objects for a Prometheus operator. */
export interface PrometheusOperatorProps extends Pick<PrometheusConfig, 'name' | 'namespace' | 'monitoring'> {
  /** Components that are scraped and whose alerts are evaluated. */
  readonly components: readonly Component[];
}

interface OperatorObject {
  readonly kind: string;
  readonly name: string;
  readonly spec: object;
}

/**
 * Makes the Prometheus of the cluster's operator scrape the platform and evaluate its alert rules. The operator's
 * custom resource definitions must exist first: the API server rejects objects of unknown kinds.
 */
export class PrometheusOperator extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrometheusOperatorProps,
  ) {
    super(scope, id);
    this.addMonitors();
    this.addRules();
  }

  private addMonitors(): void {
    for (const { kind, job, spec } of operatorMonitors(this.props, this.props.components)) {
      // Jobs are named after what they scrape; `kafka` is already the default name of the platform.
      this.add({ kind, name: `${this.props.name}-${job === BROKER_JOB ? 'brokers' : job}`, spec });
    }
  }

  private addRules(): void {
    const { name, components, monitoring } = this.props;
    const groups = alertGroups(components, monitoring);
    this.add({ kind: 'PrometheusRule', name: `${name}-alerts`, spec: { groups } });
  }

  private add({ kind, name, spec }: OperatorObject): void {
    const metadata = objectMetadata(this.props, PROMETHEUS_IDENTITY, name);
    new ApiObject(this, name, {
      apiVersion: API_VERSION,
      kind,
      // The operator's Prometheus selects its objects by labels.
      metadata: { ...metadata, labels: { ...metadata.labels, ...this.props.monitoring.operator.labels } },
      spec,
    });
  }
}
