import { poll } from '../../src/waiting/poll';
import { componentsOf } from '../../src/platform/components';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { withCatalogue } from '../../tools/support/with-catalogue';
import { parseConfig } from '../../src/platform/load';
import { seconds } from '../../src/validation/units';
import type { LocalPlatform } from '../../src/local/local-platform';
import { Scraper } from '../../src/components/lag-exporter/scraper';
import { lagExporterServer } from '../../src/components/lag-exporter/server';
import { repeatedReading } from '../../src/components/lag-exporter/snapshot';
import { prometheusClient, type PrometheusClient, type Series } from '../../src/components/prometheus/client';
import { alertGroups } from '../../src/components/prometheus/alert-rules';
import { dashboardsOf } from '../../src/components/derived';
import { dashboardJson } from '../../src/monitoring/dashboard';
import type { Scrape } from '../../src/components/component';
import { discard, startPlatform, temporaryDirectory } from '../../tools/support/local-platform';
import { startQuickPrometheus, type Fired } from '../support/quick-prometheus';
import { HELD, holdReadersBack, UNREAD } from '../support/held-back-readers';
import { loseRecords } from '../support/lost-records';
import { startTraffic, type Traffic } from '../support/traffic';
import { describeWithPrometheus, startPrometheus, type RunningPrometheus } from '../support/prometheus';
import { WITHIN_MS } from '../support/until';

const TRIED_AGAIN = 'events/Retries by cause';

/** Panels that are empty here, with the reason. */
const EMPTY: Readonly<Record<string, string>> = {
  'consumer-groups/Age of open transactions': 'nobody writes transactions',
  'events/Records not delivered': 'all are delivered',
  'events/Offsets missing in the log': 'nothing is missing',
  [TRIED_AGAIN]: 'nothing fails, unless a coordinator is still loading',
  'events/Records given up': 'nothing fails',
  'events/Transactions by outcome': 'nobody writes transactions',
  'topics/Share of the disk that logs take in a day': 'a line needs two points that are ten minutes apart',
};

/** Alerts about components that run only in Kubernetes. */
const ABSENT = ['SchemaRegistryDown'] as const;

const directory = temporaryDirectory();
const config = parseConfig({
  ...withCatalogue.local,
  local: { stateDirectory: directory },
  brokers: {
    ...withCatalogue.local.brokers,
    properties: {
      ...withCatalogue.local.brokers.properties,
      // Otherwise no transaction can be created that its coordinator does not know.
      'transaction.partition.verification.enable': false,
    },
  },
  monitoring: { scrapeIntervalMs: seconds(1) },
});

const panels = dashboardsOf(componentsOf(config)).flatMap((dashboard) =>
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

describeWithPrometheus('rules and dashboards in a Prometheus that scrapes three brokers', () => {
  let platform: LocalPlatform;
  let exporter: Server;
  let prometheus: RunningPrometheus;
  let client: PrometheusClient;
  let traffic: Traffic;
  let quick: Awaited<ReturnType<typeof startQuickPrometheus>>;

  beforeAll(async () => {
    platform = await startPlatform(config);
    const read = repeatedReading(platform.connection, config.monitoring.lagExporter);
    exporter = lagExporterServer(new Scraper({ read, say: () => undefined })).listen(0, '127.0.0.1');
    await once(exporter, 'listening');
    traffic = await startTraffic(platform.connection, 'orders', 'billing');
    const home = join(directory, 'prometheus');
    mkdirSync(home);
    prometheus = await startPrometheus(config, targets(), home);
    client = prometheusClient(prometheus.url);
  });

  afterAll(async () => {
    await traffic.stop();
    await quick.stop();
    await prometheus.stop();
    exporter.close();
    await discard(platform);
    rmSync(directory, { recursive: true });
  });

  function targets(): readonly Scrape[] {
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

  /** The result of a query, once the condition holds. */
  const answerUntil = (expr: string, holds: (series: readonly Series[]) => boolean): Promise<readonly Series[]> =>
    poll(() => client.query(expr), { until: holds, withinMs: WITHIN_MS, everyMs: 500 });

  /** Firing alerts of the quick Prometheus, once there are any. */
  const firing = (name: string): Promise<readonly Fired[]> =>
    poll(() => quick.firing(name), { until: ({ length }) => length > 0, withinMs: WITHIN_MS, everyMs: 500 });

  const one = (labels: Fired['labels'], summary: RegExp): unknown =>
    expect.objectContaining({
      labels: expect.objectContaining(labels) as unknown,
      annotations: expect.objectContaining({ summary: expect.stringMatching(summary) as unknown }) as unknown,
    });

  it.each(
    panels.filter(({ name }) => EMPTY[name] === undefined).map(({ name, index, expr }) => [name, index, expr] as const),
  )('%s (%d) shows something', async (_name, _index, expr) => {
    expect(await answerUntil(expr, (series) => series.length > 0)).not.toEqual([]);
  });

  it('only the known panels are empty, and Prometheus accepts their queries', async () => {
    const others = panels.filter(({ name }) => EMPTY[name] !== undefined);
    expect([...new Set(others.map(({ name }) => name))].sort()).toEqual(Object.keys(EMPTY).sort());
    for (const { name, expr } of others) {
      const series = await client.query(expr);
      expect(Array.isArray(series)).toBe(true);
      if (name !== TRIED_AGAIN) expect(series).toEqual([]);
    }
  });

  it.each(
    alertGroups(componentsOf(config), config.monitoring).flatMap(({ rules }) =>
      rules.map(({ alert, expr }) => [alert, expr] as const),
    ),
  )('%s is evaluated', async (alert, expr) => {
    expect(Array.isArray(await client.query(expr))).toBe(true);
    const rule = (await client.alertRules()).find(({ name }) => name === alert);
    expect([rule?.name, rule?.lastError ?? '']).toEqual([alert, '']);
  });

  it('no alert is active while the cluster is healthy, except for absent components and a busy machine', async () => {
    const query = 'count by (alertname) (ALERTS{alertname!~".*(Busy|Slow|Long)"})';
    const on = await answerUntil(query, (series) => series.length === ABSENT.length);
    expect(on.map(({ labels }) => labels['alertname']).sort()).toEqual([...ABSENT].sort());
  });

  it('idle time of threads is a share, not a number of nanoseconds', async () => {
    const idle = panels.filter(({ name }) => /equest handlers idle$/.test(name));
    expect(idle).toHaveLength(2);
    for (const { expr } of idle) {
      const shares = (await answerUntil(expr, ({ length }) => length === 3)).map(({ value }) => value);
      expect(shares).toHaveLength(3);
      for (const share of shares) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1.1);
      }
    }
  });

  it('every controller reports the counts of the whole cluster', async () => {
    const distinct = (all: readonly Series[]): number => new Set(all.map(({ value }) => value)).size;
    // They are scraped one after the other.
    const counts = await answerUntil(
      'kafka_controller_kafkacontroller_globalpartitioncount',
      (all) => all.length === 3 && distinct(all) === 1,
    );
    expect([counts.length, distinct(counts)]).toEqual([3, 1]);
  });

  describe('alerts about consumers', () => {
    let release: () => Promise<void>;

    beforeAll(async () => {
      release = await holdReadersBack(platform.connection);
      const home = join(directory, 'quick');
      mkdirSync(home);
      quick = await startQuickPrometheus(config, targets(), home);
    });

    afterAll(() => release());

    it.each<readonly [string, Readonly<Record<string, string>>, RegExp]>([
      [
        'KafkaTransactionOpen',
        { topic: HELD, partition: '0', transactional_id: 'left-open' },
        /^A transaction on held-0 has been open for \d/,
      ],
      ['KafkaTransactionHanging', { topic: HELD, partition: '1' }, /^held-1 has had a hanging transaction for \d/],
      [
        'KafkaConsumerGroupWithoutMembers',
        { consumergroup: 'retired' },
        /^Group retired has commits and no members since (now|\d{4}-)/,
      ],
      ['KafkaConsumerLagHigh', { consumergroup: 'stuck', topic: UNREAD }, /^Group stuck is \d.* behind on unread$/],
    ])('%s fires for its cause, and for nothing else', async (name, labels, summary) => {
      expect(await firing(name)).toEqual([one(labels, summary)]);
    });
  });

  it('a stopped broker is named, and its consequences are detected', async () => {
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

  it('after a kill of all brokers, an election is reported, and no loss', async () => {
    for (const id of [0, 1]) process.kill(platform.pid(id) ?? 0, 'SIGKILL');
    await Promise.all([0, 1, 2].map((id) => platform.startBroker(id)));
    const elections = await answerUntil(
      'ALERTS{alertname="KafkaUncleanLeaderElection"}',
      (series) => series.length > 0,
    );
    expect(elections.map(({ labels }) => labels['severity'])).toEqual(['warning']);
    const lost = alertGroups(componentsOf(config), config.monitoring)
      .flatMap(({ rules }) => rules)
      .find(({ alert }) => alert === 'KafkaRecordsLost');
    expect(await answerUntil(lost?.expr ?? '', (series) => series.length === 0)).toEqual([]);
  });

  it('acknowledged records that an unclean election lost are reported with their partition', async () => {
    const topic = 'lossy';
    const whenWritten = async (end: number): Promise<void> => {
      const query = `kafka_topic_partition_current_offset{topic="${topic}"}`;
      expect(await answerUntil(query, ([series]) => series?.value === end)).toMatchObject([{ value: end }]);
    };
    await loseRecords(platform, { topic, whenWritten });
    expect(await firing('KafkaRecordsLost')).toEqual([
      one({ topic, partition: '0', severity: 'critical' }, /^lossy-0 ends \d+ offsets earlier than before an unclean/),
    ]);
  });
});
