import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { LagExporter } from '../src/constructs/lag-exporter';
import { Prometheus } from '../src/constructs/prometheus';
import { PrometheusOperator } from '../src/constructs/prometheus-operator';

/** Metrics and rules. */
export class MonitoringChart extends Chart {
  constructor(scope: Construct, config: Platform, props: { readonly configMap: string }) {
    super(scope, 'monitoring');
    const { mode } = config.monitoring;
    new LagExporter(this, config, props);
    if (mode === 'prometheus') new Prometheus(this, config);
    if (mode === 'operator') new PrometheusOperator(this, config);
  }
}
