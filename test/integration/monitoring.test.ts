import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environments } from '../../src/config/environments';
import { parseConfig } from '../../src/config/load';
import { seconds } from '../../src/config/units';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { Scraper } from '../../src/exporter/scraper';
import { lagExporterServer } from '../../src/exporter/server';
import { readSnapshot } from '../../src/exporter/snapshot';
import { prometheusClient, type PrometheusClient, type Series } from '../../src/prometheus/client';
import { alertGroups } from '../../src/render/alert-rules';
import { dashboards } from '../../src/render/dashboards';
import { dashboardJson } from '../../src/render/dashboards/dashboard';
import type { ScrapeTargets } from '../../src/render/scrape-targets';
import { startPlatform, temporaryDirectory } from '../support/local-platform';
import { startTraffic, type Traffic } from '../support/traffic';
import { describeWithPrometheus, startPrometheus, type RunningPrometheus } from '../support/prometheus';

const WITHIN_MS = 60_000;

/** Panels that have nothing to show here, and why. */
const EMPTY: Readonly<Record<string, string>> = {
  'events/Records not delivered': 'all are delivered',
  'events/Calls made again': 'nothing fails',
  'events/Records given up': 'nothing fails',
  'events/Transactions by outcome': 'nobody writes transactions',
  'topics/Share of the disk that logs take in a day': 'a line needs two points that are ten minutes apart',
};

/** Components that Kubernetes has and this machine has not. */
const ABSENT = ['SchemaRegistryDown'] as const;

const directory = temporaryDirectory();
const config = parseConfig({
  ...environments.local,
  local: { stateDirectory: directory },
  monitoring: { scrapeIntervalMs: seconds(1) },
});

const panels = dashboards(config).flatMap((dashboard) =>
  dashboardJson(dashboard).panels.flatMap((panel) =>
    'targets' in panel
      ? panel.targets.map(({ expr }, index) => ({ name: `${dashboard.id}/${panel.title}`, index, expr: plain(expr) }))
      : [],
  ),
);

/** A query as Grafana sends it when everything is chosen. */
function plain(expr: string): string {
  return expr
    .replaceAll('$__rate_interval', '15s')
    .replaceAll('$__range', '1h')
    .replaceAll(/\$[a-z]+/g, '.*');
}

describeWithPrometheus('rules and dashboards, before a Prometheus that scrapes three brokers', () => {
  let platform: LocalPlatform;
  let exporter: Server;
  let prometheus: RunningPrometheus;
  let client: PrometheusClient;
  let traffic: Traffic;

  beforeAll(async () => {
    platform = await startPlatform(config);
    const read = () => readSnapshot(platform.bootstrap);
    exporter = lagExporterServer(new Scraper({ read, say: () => undefined })).listen(0, '127.0.0.1');
    await once(exporter, 'listening');
    traffic = await startTraffic(platform.bootstrap, 'orders', 'billing');
    const home = join(directory, 'prometheus');
    mkdirSync(home);
    prometheus = await startPrometheus(config, targets(), home);
    client = prometheusClient(prometheus.url);
  });

  afterAll(async () => {
    await traffic.stop();
    await prometheus.stop();
    exporter.close();
    await platform.stop();
    rmSync(directory, { recursive: true });
  });

  function targets(): readonly ScrapeTargets[] {
    const { port } = exporter.address() as AddressInfo;
    const brokers = platform.layout.nodes.map(({ id, host, metricsPort }) => ({
      address: `${host}:${metricsPort}`,
      labels: { broker: String(id) },
    }));
    return [
      { job: 'kafka', path: '/metrics', targets: brokers },
      { job: 'lag-exporter', path: '/metrics', targets: [{ address: `127.0.0.1:${port}` }] },
      { job: 'clients', path: '/metrics', targets: [{ address: traffic.address }] },
    ];
  }

  /** The answer to a query, once it is what it should be. */
  async function answerUntil(expr: string, holds: (series: readonly Series[]) => boolean): Promise<readonly Series[]> {
    const deadline = Date.now() + WITHIN_MS;
    for (;;) {
      const series = await client.query(expr);
      if (holds(series) || Date.now() > deadline) return series;
      await delay(500);
    }
  }

  it.each(
    panels.filter(({ name }) => EMPTY[name] === undefined).map(({ name, index, expr }) => [name, index, expr] as const),
  )('%s (%d) shows something', async (_name, _index, expr) => {
    expect(await answerUntil(expr, (series) => series.length > 0)).not.toEqual([]);
  });

  it('panels that show nothing are those that are known, and Prometheus takes their queries', async () => {
    const others = panels.filter(({ name }) => EMPTY[name] !== undefined);
    expect([...new Set(others.map(({ name }) => name))].sort()).toEqual(Object.keys(EMPTY).sort());
    for (const { expr } of others) expect(await client.query(expr)).toEqual([]);
  });

  it.each(alertGroups(config).flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)))(
    '%s is evaluated',
    async (alert, expr) => {
      expect(Array.isArray(await client.query(expr))).toBe(true);
      const rule = (await client.alertRules()).find(({ name }) => name === alert);
      expect([rule?.name, rule?.lastError ?? '']).toEqual([alert, '']);
    },
  );

  it('no alert is on while the cluster is well, but for what does not run here, and for a busy machine', async () => {
    const query = 'count by (alertname) (ALERTS{alertname!~".*Busy"})';
    const on = await answerUntil(query, (series) => series.length <= ABSENT.length);
    expect(on.map(({ labels }) => labels['alertname']).sort()).toEqual([...ABSENT].sort());
  });

  it('threads are idle for a share of their time, not for a number of nanoseconds', async () => {
    const idle = panels.filter(({ name }) => /equest handlers idle$/.test(name));
    expect(idle).toHaveLength(2);
    for (const { expr } of idle) {
      const shares = (await client.query(expr)).map(({ value }) => value);
      expect(shares).toHaveLength(3);
      for (const share of shares) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1.1);
      }
    }
  });

  it('every controller tells the counts of the whole cluster', async () => {
    const counts = await answerUntil(
      'kafka_controller_kafkacontroller_globalpartitioncount',
      (all) => all.length === 3,
    );
    expect(new Set(counts.map(({ value }) => value)).size).toBe(1);
  });

  it('a broker that stops is named, and what follows from it is noticed', async () => {
    await platform.stopBroker(2);
    const pending = (alert: string) => `ALERTS{alertname="${alert}",alertstate="pending"}`;
    const [down] = await answerUntil(pending('KafkaBrokerDown'), (series) => series.length > 0);
    expect(down?.labels).toMatchObject({ broker: '2', severity: 'critical' });
    for (const alert of ['KafkaQuorumAtEdge', 'KafkaUnderReplicated']) {
      expect([alert, await answerUntil(pending(alert), (series) => series.length > 0)]).toEqual([
        alert,
        [expect.anything()],
      ]);
    }
    const answer = await fetch(`${prometheus.url}/api/v1/alerts`);
    const { data } = (await answer.json()) as { data: { alerts: readonly { annotations: Record<string, string> }[] } };
    const texts = data.alerts.flatMap(({ annotations }) => Object.values(annotations));
    expect(texts.filter((text) => /error expanding|<no value>/.test(text))).toEqual([]);
    expect(texts).toContain('Broker 2 does not answer');
  });
});
