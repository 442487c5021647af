import { componentsOf } from '../../../../src/platform/components';
import { parseConfig } from '../../../../src/platform/load';
import { withCatalogue } from '../../../../tools/support/with-catalogue';
import { alertsByGroup } from '../../../../src/components/derived';
import { guardMetrics } from '../../../../src/components/kafka-cluster/guard/guard-metrics';
import { BROKER_METRICS } from '../../../../src/components/kafka-cluster/broker-metrics';
import { dashboardsOf } from '../../../../src/components/derived';
import { dashboardJson } from '../../../../src/monitoring/dashboard';
import { COLUMNS } from '../../../../src/monitoring/layout';
import { ClientMetrics } from '../../../../src/client/metrics/client-metrics';
import { clusterMetrics } from '../../../../src/components/lag-exporter/metrics';
import { kindWith } from '../../../../tools/support/config';
import { metricsIn } from '../../../support/promql';

const config = parseConfig(withCatalogue.kind);
const all = dashboardsOf(componentsOf(config)).map((one) => dashboardJson(one));

type Panel = (typeof all)[number]['panels'][number];
type Graph = Extract<Panel, { targets: unknown }>;

const graphs = ({ panels }: (typeof all)[number]): readonly Graph[] =>
  panels.filter((one): one is Graph => 'targets' in one);

const queries = all.flatMap((one) => graphs(one).flatMap(({ targets }) => targets.map(({ expr }) => expr)));

describe.each(all.map((one) => [one.title, one] as const))('the dashboard %s', (_title, dashboard) => {
  const panels = graphs(dashboard);

  it('has its panels on the grid without overlap', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      expect(x + w).toBeLessThanOrEqual(COLUMNS);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    expect(cells).toHaveLength(new Set(cells).size);
  });

  it('has unique numbers and names of panels', () => {
    expect(dashboard.panels.map(({ id }) => id)).toEqual(dashboard.panels.map((_, index) => index + 1));
    const titles = dashboard.panels.map(({ title }) => title);
    expect(titles).toHaveLength(new Set(titles).size);
  });

  it('explains every panel, and uses the selected data source', () => {
    for (const { title, description, datasource, targets } of panels) {
      expect([title, description]).toEqual([title, expect.stringMatching(/\.$/)]);
      expect(datasource.uid).toBe('${datasource}');
      for (const target of targets) expect([title, target.datasource]).toEqual([title, datasource]);
    }
  });

  it('uses exactly its own variables', () => {
    const text = JSON.stringify(panels.map(({ targets }) => targets.map(({ expr }) => expr)));
    const used = [...text.matchAll(/\$([a-z]+)/g)].map(([, name]) => name);
    const own = dashboard.templating.list.map(({ name }) => name).filter((name) => name !== 'datasource');
    expect([...new Set(used)].sort()).toEqual([...own].sort());
  });

  it('computes rates over the window that the zoom requires', () => {
    for (const { type, targets } of panels.filter((one) => one.type === 'timeseries')) {
      for (const { expr } of targets)
        expect([type, expr]).not.toEqual([type, expect.stringMatching(/rate\([^[]*\[\d+[sm]\]/)]);
    }
  });
});

describe('dashboards', () => {
  it('keep their uid, which links and bookmarks use', () => {
    expect(all.map(({ uid }) => uid)).toEqual([
      'kafka-platform-cluster',
      'kafka-platform-kraft',
      'kafka-platform-topics',
      'kafka-platform-consumer-groups',
      'kafka-platform-clients',
      'kafka-platform-events',
    ]);
  });

  it('do not mention the platform’s own exporter if another one is used', () => {
    const other = dashboardsOf(componentsOf(kindWith({ monitoring: { lagExporter: { provider: 'kafka-exporter' } } })));
    expect(JSON.stringify(other)).not.toContain('platform_lag_exporter');
    expect(JSON.stringify(all)).toContain('platform_lag_exporter');
  });

  it('do not mention applications if there are none', () => {
    expect(JSON.stringify(dashboardsOf(componentsOf(kindWith({ applications: {} }))))).not.toContain('app_done_');
    expect(JSON.stringify(all)).toContain('app_done_');
  });
});

/** Names of an application's metrics: those of its clients, and its own. */
const seriesOfApplications = (): readonly string[] => [
  ...new ClientMetrics().registry.getMetricsAsArray().map(({ name }) => name),
  'app_done_total',
];

describe('metrics that rules and dashboards read', () => {
  /** Metrics of the JVM, which the reporter always exports, and of Prometheus itself. */
  const ALWAYS = /^(jvm|process)_|^(up|ALERTS)$/;
  const EXPORTED = new Set(
    [
      ...clusterMetrics({ brokers: 0, topics: [], groups: [], problems: [] }),
      ...guardMetrics({ heldUp: undefined, catchUp: undefined, passes: { stop: 0, 'catch-up': 0 }, stopsInSpite: [] }),
    ].map(({ name }) => name),
  );
  const OWN = /^platform_(lag_exporter|catalogue)_/;
  const OF_CLIENTS = seriesOfApplications();
  /** A histogram is read by the names of its parts. */
  const ofClients = (name: string): boolean => OF_CLIENTS.includes(name.replace(/_bucket$/, ''));

  const alerts = alertsByGroup(componentsOf(config)).flatMap((group) => group.alerts.map(({ expr }) => expr));
  const names = [...new Set([...alerts, ...queries].flatMap(metricsIn))].sort();
  const ofBrokers = names.filter(
    (name) => !ALWAYS.test(name) && !OWN.test(name) && !EXPORTED.has(name) && !ofClients(name),
  );

  /** The reporter checks names before it adds the suffixes. */
  const bare = (name: string): string => name.replace(/_(total|sum|info)$|(?<=timems)_count$/, '');
  const matches = (pattern: string) => (name: string) => new RegExp(`^(${pattern})$`).test(bare(name));

  it.each(ofBrokers)('%s is exported by brokers', (name) => {
    expect(Object.keys(BROKER_METRICS).filter((pattern) => matches(pattern)(name))).toHaveLength(1);
  });

  it.each(Object.keys(BROKER_METRICS))('%s is used', (pattern) => {
    expect(ofBrokers.filter(matches(pattern))).not.toEqual([]);
  });

  it.each(OF_CLIENTS)('%s of clients is used', (name) => {
    expect(names.map((one) => one.replace(/_bucket$/, ''))).toContain(name);
  });

  it('are found in the middle of expressions', () => {
    expect(
      metricsIn('sum by (broker) (rate(a_total{topic="b_c"}[5m])) / on (x_y) group_left () b_d or vector(0)'),
    ).toEqual(['a_total', 'b_d']);
  });
});
