import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { alertGroups } from '../render/alert-rules';
import { objectLabels } from '../render/labels';
import { operatorMonitors } from '../render/prometheus-operator';

const API_VERSION = 'monitoring.coreos.com/v1';

interface OperatorObject {
  readonly kind: string;
  readonly name: string;
  readonly spec: object;
}

/**
 * What makes the Prometheus of the cluster's own operator scrape the platform and hold its rules against it. The
 * operator's kinds have to be there before: the API server refuses objects of kinds that it does not know.
 */
export class PrometheusOperator extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
  ) {
    super(scope, 'prometheus-operator');
    for (const { kind, job, spec } of operatorMonitors(config)) {
      // Jobs are named after what they scrape, and `kafka` already is the platform's own name.
      this.add({ kind, name: job === 'kafka' ? `${config.name}-brokers` : `${config.name}-${job}`, spec });
    }
    this.add({ kind: 'PrometheusRule', name: `${config.name}-alerts`, spec: { groups: alertGroups(config) } });
  }

  private add({ kind, name, spec }: OperatorObject): void {
    new ApiObject(this, name, {
      apiVersion: API_VERSION,
      kind,
      metadata: {
        name,
        namespace: this.config.namespace,
        labels: { ...objectLabels(this.config, 'prometheus'), ...this.config.monitoring.operator.labels },
      },
      spec,
    });
  }
}
