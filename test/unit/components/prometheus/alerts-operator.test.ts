import { Testing } from 'cdk8s';
import { PrometheusOperator } from '../../../../src/components/prometheus/prometheus-operator';
import { alertGroups } from '../../../../src/components/prometheus/alert-rules';
import { METRICS_LABEL } from '../../../../src/kubernetes/labels';
import { prometheusConfig } from '../../../../src/components/prometheus/prometheus-yml';
import { scraped } from '../../../../src/components/derived';
import { componentsOf } from '../../../../src/platform/components';
import { selectorLabels } from '../../../../src/kubernetes/labels';
import { kindWith } from '../../../../tools/support/config';
import { find, type KubernetesObject } from '../../../../tools/support/manifests';
import { parse } from 'yaml';

const config = kindWith({ monitoring: { mode: 'operator' } });
const objects = objectsOf(config);

function objectsOf(of: typeof config): readonly KubernetesObject[] {
  const chart = Testing.chart();
  new PrometheusOperator(chart, 'prometheus', { ...of, components: componentsOf(of) });
  return Testing.synth(chart) as KubernetesObject[];
}

interface Endpoint {
  readonly port: string;
  readonly path: string;
  readonly interval: string;
  readonly relabelings: readonly Readonly<Record<string, unknown>>[];
}

const endpointOf = ({ spec }: KubernetesObject): Endpoint | undefined =>
  ((spec['podMetricsEndpoints'] ?? spec['endpoints']) as readonly Endpoint[] | undefined)?.[0];

const jobOf = (object: KubernetesObject): unknown =>
  endpointOf(object)?.relabelings.find(({ targetLabel }) => targetLabel === 'job')?.['replacement'];

describe('objects for an operator', () => {
  it.each([
    ['PodMonitor', 'kafka-brokers', selectorLabels(config, { application: 'kafka', component: 'broker' })],
    ['PodMonitor', 'kafka-guard', selectorLabels(config, { application: 'kafka', component: 'broker' })],
    ['PodMonitor', 'kafka-clients', METRICS_LABEL],
    [
      'ServiceMonitor',
      'kafka-lag-exporter',
      selectorLabels(config, { application: 'kafka-lag-exporter', component: 'lag-exporter' }),
    ],
    [
      'ServiceMonitor',
      'kafka-registry',
      selectorLabels(config, { application: 'apicurio-registry', component: 'registry' }),
    ],
    ['ServiceMonitor', 'kafka-ui', selectorLabels(config, { application: 'kafka-ui', component: 'ui' })],
  ])('%s %s selects what serves the metrics', (kind, name, matchLabels) => {
    expect(find(objects, kind, name).spec['selector']).toEqual({ matchLabels });
  });

  it('scrape the same jobs as the platform’s own Prometheus, at the same paths and intervals', () => {
    const own = parse(
      prometheusConfig(
        config,
        scraped(componentsOf(config)).map(({ metrics }) => metrics),
        [],
      ),
    ) as {
      readonly global: { readonly scrape_interval: string };
      readonly scrape_configs: readonly { readonly job_name: string; readonly metrics_path: string }[];
    };
    const expected = own.scrape_configs
      .filter(({ job_name }) => job_name !== 'prometheus')
      .map(({ job_name, metrics_path }) => [job_name, metrics_path, own.global.scrape_interval]);
    const monitored = objects.flatMap((object) => {
      const endpoint = endpointOf(object);
      return endpoint === undefined ? [] : [[jobOf(object), endpoint.path, endpoint.interval]];
    });
    expect(monitored.sort()).toEqual(expected.sort());
  });

  it.each([
    ['kafka-brokers', 'metrics'],
    ['kafka-guard', 'guard'],
  ])('%s scrapes a port of its own, and names brokers by the ordinal of their pod', (name, port) => {
    const endpoint = endpointOf(find(objects, 'PodMonitor', name));
    expect(endpoint?.port).toBe(port);
    expect(endpoint?.relabelings).toContainEqual({
      sourceLabels: ['__meta_kubernetes_pod_label_apps_kubernetes_io_pod_index'],
      targetLabel: 'broker',
    });
  });

  it('carry the same alerts', () => {
    expect(find(objects, 'PrometheusRule', 'kafka-alerts').spec).toEqual({
      groups: alertGroups(componentsOf(config), config.monitoring),
    });
  });

  it('cover only components of the configuration', () => {
    const little = objectsOf(
      kindWith({
        monitoring: { mode: 'operator' },
        ui: { enabled: false },
        registry: { provider: 'none' },
        applications: {},
      }),
    );
    expect(little.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'PodMonitor kafka-brokers',
      'PodMonitor kafka-guard',
      'ServiceMonitor kafka-lag-exporter',
      'PodMonitor kafka-clients',
      'PrometheusRule kafka-alerts',
    ]);
  });
});
