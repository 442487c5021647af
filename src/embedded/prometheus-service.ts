import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertRules } from '../render/alert-rules';
import { LOOPBACK } from '../render/local-layout';
import { prometheusArguments } from '../render/prometheus-arguments';
import { prometheusConfig } from '../render/prometheus-config';
import type { ScrapeTargets } from '../render/scrape-targets';
import { answers } from './answers';
import type { ServiceParts, ServicePlace } from './service-place';

/** It reads its log of recent samples before it answers. */
const START_MS = 60_000;
const UNREADY_MS = 15_000;

/** Prometheus with the platform's targets and rules. */
export function prometheusService(
  { config, ports, directory }: ServicePlace,
  program: string,
  targets: readonly ScrapeTargets[],
): ServiceParts {
  const address = `${LOOPBACK}:${ports.prometheus}`;
  const at = (name: string): string => join(directory('prometheus'), name);
  mkdirSync(directory('prometheus'), { recursive: true });
  writeFileSync(at('rules.yml'), alertRules(config));
  writeFileSync(at('prometheus.yml'), prometheusConfig(config, targets, [at('rules.yml')]));
  return {
    url: `http://${address}`,
    process: {
      name: 'Prometheus',
      program,
      args: prometheusArguments(config, {
        configFile: at('prometheus.yml'),
        dataDirectory: at('data'),
        listenAddress: address,
      }),
      isReady: () => answers(`http://${address}/-/ready`),
      startMs: START_MS,
      unreadyMs: UNREADY_MS,
    },
  };
}
