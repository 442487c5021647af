import { stringify } from 'yaml';
import type { PrometheusConfig } from './config';
import { prometheusDuration } from '../../monitoring/duration';
import type { Scrape } from '../component';

/** Interval at which new pods of a Service are discovered. */
const DNS_REFRESH = '15s';

/**
 * `prometheus.yml`.
 * @param ruleFiles paths of the alert rules
 */
export function prometheusConfig(
  { name, monitoring }: Pick<PrometheusConfig, 'name' | 'monitoring'>,
  targets: readonly Scrape[],
  ruleFiles: readonly string[],
): string {
  const interval = prometheusDuration(monitoring.scrapeIntervalMs);
  return stringify({
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: interval,
      external_labels: { kafka_cluster: name },
    },
    rule_files: [...ruleFiles],
    scrape_configs: targets.map((target) => ({
      job_name: target.job,
      metrics_path: target.path,
      ...(target.targets === undefined
        ? {}
        : {
            static_configs: target.targets.map(({ address, labels }) => ({
              targets: [address],
              ...(labels === undefined ? {} : { labels: { ...labels } }),
            })),
          }),
      ...(target.dnsName === undefined
        ? {}
        : {
            dns_sd_configs: [
              { names: [target.dnsName.name], type: 'A', port: target.dnsName.port, refresh_interval: DNS_REFRESH },
            ],
          }),
    })),
  });
}
