import { nodesOf } from '../../src/components/kafka-cluster/nodes';
import { parse } from 'yaml';
import { KUBERNETES_ENVIRONMENTS, loadConfig } from '../../tools/support/environments';
import { brokerNames } from '../../src/components/kafka-cluster/names';
import { kindWith } from '../../tools/support/config';
import { container, find, podTemplate, renderObjects } from '../../tools/support/manifests';
import { days } from '../../src/validation/units';

interface ScrapeConfig {
  readonly job_name: string;
  readonly metrics_path: string;
  readonly static_configs?: readonly { readonly targets: readonly string[]; readonly labels?: object }[];
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
}

describe.each(KUBERNETES_ENVIRONMENTS)('Prometheus of %s', (environment) => {
  const config = loadConfig(environment);
  const objects = renderObjects(config);
  const set = find(objects, 'StatefulSet', 'kafka-prometheus');
  const files = find(objects, 'ConfigMap', 'kafka-prometheus').data ?? {};
  const { scrape_configs: jobs } = parse(files['prometheus.yml'] ?? '') as { scrape_configs: readonly ScrapeConfig[] };

  it('scrapes everything that serves metrics', () => {
    expect(jobs.map(({ job_name }) => job_name)).toEqual([
      'kafka',
      'guard',
      'registry',
      'ui',
      'lag-exporter',
      'prometheus',
      'clients',
    ]);
  });

  it('scrapes every broker by its own name, and labels it with its id', () => {
    const names = brokerNames(config);
    expect(jobs[0]?.static_configs).toEqual(
      nodesOf(config.brokers).map((node) => ({
        targets: [`${names.podHost(node)}:${config.monitoring.brokerPort}`],
        labels: { broker: String(node.id) },
      })),
    );
  });

  it('scrapes the guard beside each broker, with the same id', () => {
    const guards = jobs.find(({ job_name }) => job_name === 'guard')?.static_configs;
    expect(guards?.map(({ labels }) => labels)).toEqual(jobs[0]?.static_configs?.map(({ labels }) => labels));
    for (const { targets } of guards ?? []) expect(targets.join()).toMatch(new RegExp(`:${config.guard.port}$`));
  });

  it('uses existing host names', () => {
    const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    const names = jobs.flatMap(({ dns_sd_configs = [] }) => dns_sd_configs.flatMap((one) => one.names));
    expect(names.length).toBe(2);
    for (const name of names) expect(services).toContain(name.split('.')[0]);
  });

  it('keeps samples by age, and by a size that fits its claim', () => {
    const args = container(set).args ?? [];
    const { retentionMs } = config.monitoring.prometheus;
    expect(args).toContain(`--storage.tsdb.retention.time=${retentionMs / days(1)}d`);
    const [size] = args
      .map((arg) => /^--storage\.tsdb\.retention\.(size)=(\d+)MB$/.exec(arg))
      .filter((found) => found !== null);
    expect(Number(size?.[2]) * 2 ** 20).toBeLessThanOrEqual(config.monitoring.prometheus.size * 0.85);
    expect(Number(size?.[2]) * 2 ** 20).toBeGreaterThan(config.monitoring.prometheus.size * 0.75);
  });

  it('restarts when its files change', () => {
    const other = renderObjects(kindWith({ monitoring: { scrapeIntervalMs: 30_000 } }));
    const hash = (of: typeof objects) =>
      podTemplate(find(of, 'StatefulSet', 'kafka-prometheus')).metadata.annotations['kafka-platform/config-hash'];
    expect(hash(objects)).toBeDefined();
    expect(hash(other)).not.toBe(hash(objects));
  });

  it('scrapes only clients that declare metrics', () => {
    expect(find(objects, 'Service', 'kafka-clients').spec).toMatchObject({
      clusterIP: 'None',
      selector: { 'kafka-platform/metrics': 'true' },
    });
  });
});

it('writes fractions of seconds in Prometheus’ format', () => {
  const objects = renderObjects(kindWith({ monitoring: { scrapeIntervalMs: 1_500 } }));
  expect(find(objects, 'ConfigMap', 'kafka-prometheus').data?.['prometheus.yml']).toContain('scrape_interval: 1500ms');
});

describe('lag', () => {
  it('is exported by the platform’s own exporter, or by kafka-exporter under the same name', () => {
    const own = container(find(renderObjects(loadConfig('kind')), 'Deployment', 'kafka-lag-exporter'));
    const objects = renderObjects(kindWith({ monitoring: { lagExporter: { provider: 'kafka-exporter' } } }));
    const other = container(find(objects, 'Deployment', 'kafka-lag-exporter'));
    expect(own.command).toEqual(['node', '/app/lag-exporter.js']);
    expect(other.image).toBe('danielqsj/kafka-exporter:v1.10.0');
    expect(other.args).toContain('--kafka.server=kafka-bootstrap.kafka.svc.cluster.local:9092');
    expect(other.ports).toEqual(own.ports);
  });

  it('restarts its exporter only if the exporter’s files change', () => {
    const hashWith = (change: object): unknown =>
      podTemplate(find(renderObjects(kindWith(change)), 'Deployment', 'kafka-lag-exporter')).metadata.annotations[
        'kafka-platform/config-hash'
      ];
    const hash = hashWith({});
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(hashWith({ smoke: { schedule: '0 4 * * *' } })).toBe(hash);
    expect(hashWith({ monitoring: { lagExporter: { ignoreGroups: ['^a-'] } } })).not.toBe(hash);
  });

  it('excludes ignored groups, also with kafka-exporter', () => {
    const argsWith = (change: object): readonly string[] => {
      const monitoring = { lagExporter: { provider: 'kafka-exporter', ...change } };
      return container(find(renderObjects(kindWith({ monitoring })), 'Deployment', 'kafka-lag-exporter')).args ?? [];
    };
    expect(argsWith({ ignoreGroups: ['^a-', 'b$'] })).toContain('--group.exclude=(^a-)|(b$)');
    expect(argsWith({}).find((arg) => arg.startsWith('--group.exclude='))).toContain('(^console-(share-)?consumer-)');
    expect(argsWith({ ignoreGroups: [] }).filter((arg) => arg.startsWith('--group.exclude'))).toEqual([]);
  });
});

describe('without a Prometheus of its own', () => {
  it.each(['operator', 'none'])('renders none with monitoring by: %s', (mode) => {
    const objects = renderObjects(kindWith({ monitoring: { mode } }));
    expect(objects.filter(({ metadata }) => metadata.name === 'kafka-prometheus')).toEqual([]);
    expect(find(objects, 'Deployment', 'kafka-lag-exporter')).toBeDefined();
  });
});
