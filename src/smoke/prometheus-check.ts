import { prometheusClient, type PrometheusClient } from '../prometheus/client';
import { alertGroups } from '../render/alert-rules';
import type { ScrapeTargets } from '../render/scrape-targets';
import { failed, passed, skipped, type Check, type Outcome, type SmokeTarget } from './check';
import { settled } from './settled';
import { isStandIn } from './ui-check';

/** A series of each kind without which rules and dashboards would be silent, and not alarmed. */
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

/** Two scrapes, and what Prometheus spreads them by. */
const SCRAPES = 3;

/** Prometheus reaches all that it has to scrape, has the rules, and the series that they read. */
export const prometheusCheck: Check = {
  name: 'prometheus',
  run: async ({ config, services, settleMs }: SmokeTarget) => {
    if (services.prometheus === undefined) return skipped('no Prometheus here');
    const { url } = services.prometheus;
    const withoutMetrics = services.ui !== undefined && (await isStandIn(services.ui)) ? ['ui'] : [];
    const targets = services.prometheus.targets.filter(({ job }) => !withoutMetrics.includes(job));
    const prometheus = prometheusClient(url);
    const withinMs = settleMs + SCRAPES * config.monitoring.scrapeIntervalMs;
    const expected = alertGroups(config).flatMap(({ rules }) => rules.map(({ alert }) => alert));
    return settled(withinMs, async () => {
      const down = await notUp(prometheus, targets);
      if (down.length > 0) return failed(`not scraped: ${down.join('; ')}`);
      return ruled(prometheus, expected);
    });
  },
};

/** Targets that are not up, and jobs that have none though they name them. */
async function notUp(prometheus: PrometheusClient, targets: readonly ScrapeTargets[]): Promise<readonly string[]> {
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
