import type { Component } from '../component';
import type { PrometheusConfig } from './config';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertRules } from './alert-rules';
import { LOOPBACK } from '../kafka-cluster/local-layout';
import { prometheusArguments } from './arguments';
import { prometheusConfig } from './prometheus-yml';
import type { Scrape } from '../component';
import { answers } from '../../processes/answers';
import type { ServiceParts } from '../../processes/service-parts';

/** Prometheus replays its write-ahead log before it answers. */
const START_MS = 60_000;
const UNREADY_MS = 15_000;

interface LocalPrometheusProps {
  readonly config: PrometheusConfig;
  /** Components whose alerts are evaluated. */
  readonly components: readonly Component[];
  readonly targets: readonly Scrape[];
  /** Port on the loopback interface. */
  readonly port: number;
  /** Directory of Prometheus' files. */
  readonly directory: string;
  /** Name or path of the program. */
  readonly program: string;
}

/** A local Prometheus process with the platform's targets and rules. */
export function localPrometheus({
  config,
  components,
  targets,
  port,
  directory,
  program,
}: LocalPrometheusProps): ServiceParts {
  const address = `${LOOPBACK}:${port}`;
  const at = (name: string): string => join(directory, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(at('rules.yml'), alertRules(components, config.monitoring));
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
