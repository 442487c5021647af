import { LagExporter, type LagExporterProps } from '../../../src/components/lag-exporter/lag-exporter';
import { NOT_RENDERED, made, named, testProps, type TestedProps } from '../../support/construct';
import {
  OTHER_PULL_SECRETS,
  OTHER_REGISTRY,
  OTHER_SCHEDULING,
  clusterConfig,
  runtime,
  scheduling,
  topic,
  otherListeners,
  SAME_SECURITY,
} from '../../support/construct-props';

const { brokers, guard, monitoring } = clusterConfig;
const { lagExporter } = monitoring;
const kafkaExporter = { ...monitoring, lagExporter: { ...lagExporter, provider: 'kafka-exporter' as const } };
const props: LagExporterProps = { ...clusterConfig, runtime, scheduling, configMaps: ['config'] };

describe('the platform’s own', () => {
  const hashOf = (changed: Partial<LagExporterProps>): string =>
    JSON.stringify(made(LagExporter, { ...props, ...changed }).objects).match(/config-hash":"(\w+)/)?.[1] ?? 'none';

  const tested: TestedProps<LagExporterProps> = {
    name: ['invoices', 'name: invoices-lag-exporter'],
    namespace: ['elsewhere', 'namespace: elsewhere'],
    imagePullSecrets: OTHER_PULL_SECRETS,
    imageRegistry: OTHER_REGISTRY,
    clusterDomain: ['cluster.other', hashOf({ clusterDomain: 'cluster.other' })],
    brokers: [
      { ...brokers, listeners: otherListeners },
      hashOf({ brokers: { ...brokers, listeners: otherListeners } }),
    ],
    security: SAME_SECURITY,
    // Props of the cluster, of which the exporter needs only the addresses.
    guard: [{ ...guard, port: 9999 }, NOT_RENDERED],
    topics: [[topic], NOT_RENDERED],
    runtime: [{ image: 'runtime:2' }, 'image: runtime:2'],
    monitoring: [{ ...monitoring, lagExporter: { ...lagExporter, port: 9999 } }, 'containerPort: 9999'],
    scheduling: OTHER_SCHEDULING,
    configMaps: [['config', 'config-2'], 'name: config-2'],
  };

  testProps(LagExporter, props, tested);

  it('has the address of its metrics', () => {
    const { construct, objects } = made(LagExporter, props);
    expect(named(objects)).toEqual(['Deployment orders-lag-exporter', 'Service orders-lag-exporter']);
    expect(construct.metricsAddress).toBe('orders-lag-exporter.shop.svc.cluster.test:9308');
  });
});

describe('kafka-exporter', () => {
  const tested: TestedProps<LagExporterProps> = {
    name: ['invoices', 'name: invoices-lag-exporter'],
    namespace: ['elsewhere', 'namespace: elsewhere'],
    imagePullSecrets: OTHER_PULL_SECRETS,
    imageRegistry: OTHER_REGISTRY,
    clusterDomain: ['cluster.other', 'orders-bootstrap.shop.svc.cluster.other'],
    brokers: [{ ...brokers, listeners: otherListeners }, 'svc.cluster.test:9999'],
    security: SAME_SECURITY,
    // It is configured by flags, and has neither an image nor files of the platform.
    guard: [{ ...guard, port: 9999 }, NOT_RENDERED],
    topics: [[topic], NOT_RENDERED],
    runtime: [{ image: 'runtime:2' }, NOT_RENDERED],
    configMaps: [['config', 'config-2'], NOT_RENDERED],
    monitoring: [monitoring, 'image: runtime:1'],
    scheduling: OTHER_SCHEDULING,
  };

  testProps(LagExporter, { ...props, monitoring: kafkaExporter }, tested);
});
