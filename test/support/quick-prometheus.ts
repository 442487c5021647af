import { componentsOf } from '../../src/platform/components';
import { stringify } from 'yaml';
import type { Platform } from '../../src/platform/load';
import { alertGroups } from '../../src/components/prometheus/alert-rules';
import type { Scrape } from '../../src/components/component';
import { startPrometheus, type RunningPrometheus } from './prometheus';

/** A firing alert as Prometheus returns it. */
export interface Fired {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface QuickPrometheus extends RunningPrometheus {
  readonly firing: (name: string) => Promise<readonly Fired[]>;
}

/**
 * A Prometheus whose alerts fire without delay, and for which a transaction is too old after 12 seconds, because tests
 * cannot wait for the real times.
 */
export async function startQuickPrometheus(
  config: Platform,
  targets: readonly Scrape[],
  directory: string,
): Promise<QuickPrometheus> {
  const groups = alertGroups(componentsOf(config), config.monitoring).map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({
      ...rule,
      expr: rule.expr.replace(/(open_transaction_age_seconds.*) > 120$/, '$1 > 12'),
      for: '0s',
    })),
  }));
  const prometheus = await startPrometheus(config, targets, directory, stringify({ groups }));
  const firing = async (name: string): Promise<readonly Fired[]> => {
    const answer = await fetch(`${prometheus.url}/api/v1/alerts`);
    const { data } = (await answer.json()) as { data: { alerts: readonly (Fired & { readonly state: string })[] } };
    return data.alerts.filter(({ labels, state }) => labels['alertname'] === name && state === 'firing');
  };
  return { ...prometheus, firing };
}
