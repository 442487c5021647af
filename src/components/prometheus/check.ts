import type { PrometheusConfig } from './config';
import { prometheusClient, type PrometheusClient } from './client';
import type { Scrape } from '../component';
import { alertNames, scraped } from '../derived';
import { failed, passed, skipped, type Outcome } from '../outcome';
import type { Check, SmokeTarget } from '../../smoke/check';
import { settled } from '../../smoke/settled';
import { PROMETHEUS } from './names';

/** Series that rules and dashboards need, one of each kind. Without them the rules would never raise an alert. */
const KEY_SERIES = [
  'kafka_server_replicamanager_underreplicatedpartitions',
  'kafka_controller_kafkacontroller_activecontrollercount',
  'kafka_server_raft_metrics_high_watermark',
  'kafka_server_brokertopicmetrics_bytesinpersec_total{topic=""}',
  'kafka_log_log_size',
  'jvm_memory_used_bytes',
  'kafka_brokers',
  'kafka_topic_partition_current_offset',
];

/** Two scrape intervals, and the offset by which Prometheus spreads scrapes. */
const SCRAPES = 3;

/** Checks that Prometheus reaches all of its targets, has the alert rules, and has the series that the rules read. */
export const prometheusCheck: Check<PrometheusConfig> = {
  name: 'prometheus',
  run: async (target: SmokeTarget<PrometheusConfig>) => {
    const { config, services, components, settleMs } = target;
    const url = services[PROMETHEUS];
    if (url === undefined) return skipped('no Prometheus here');
    const targets = await withMetrics(target);
    const alerts = alertNames(components);
    const prometheus = prometheusClient(url);
    const withinMs = settleMs + SCRAPES * config.monitoring.scrapeIntervalMs;
    return settled(withinMs, async () => {
      const down = await notUp(prometheus, targets);
      if (down.length > 0) return failed(`not scraped: ${down.join('; ')}`);
      return ruled(prometheus, alerts);
    });
  },
};

/** Jobs to scrape, without those of stand-ins. A real component that serves no metrics is a failure. */
async function withMetrics({
  components,
  scrapes,
  standIns,
}: SmokeTarget<PrometheusConfig>): Promise<readonly Scrape[]> {
  const names = await standIns();
  const without = scraped(components.filter(({ name }) => names.includes(name))).map(({ metrics }) => metrics.job);
  return scrapes.filter(({ job }) => !without.includes(job));
}

/** Targets that are not up, and jobs with named targets that have none. */
async function notUp(prometheus: PrometheusClient, targets: readonly Scrape[]): Promise<readonly string[]> {
  const jobs = new Set<string>(targets.map(({ job }) => job));
  const found = (await prometheus.targets()).filter(({ job }) => jobs.has(job));
  const unhealthy = found
    .filter(({ health }) => health !== 'up')
    .map(({ job, url, lastError }) => `${job} ${url}: ${lastError === '' ? 'not yet' : lastError}`);
  const missing = targets.flatMap(({ job, targets: named = [] }) => {
    const count = found.filter((one) => one.job === job).length;
    return count < named.length ? [`${job} has ${count} of ${named.length} targets`] : [];
  });
  return [...unhealthy, ...missing];
}

async function ruled(prometheus: PrometheusClient, expected: readonly string[]): Promise<Outcome> {
  const rules = await prometheus.alertRules();
  const absent = expected.filter((name) => !rules.some((rule) => rule.name === name));
  if (absent.length > 0) return failed(`rules that are not loaded: ${absent.join(', ')}`);
  const broken = rules.filter(({ lastError }) => lastError !== undefined && lastError !== '');
  if (broken.length > 0) return failed(`rules that fail: ${broken.map(({ name }) => name).join(', ')}`, broken);
  const empty: string[] = [];
  for (const series of KEY_SERIES) if ((await prometheus.query(series)).length === 0) empty.push(series);
  if (empty.length > 0) return failed(`series without a sample: ${empty.join(', ')}`);
  const up = await prometheus.query('up == 1');
  return passed(`${up.length} targets up, ${rules.length} alert rules, ${KEY_SERIES.length} key series`);
}
