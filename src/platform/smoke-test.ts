import type { KafkaConnection } from '../protocol/connection';
import type { Subject } from '../avro/subject';
import type { Scrape } from '../components/component';
import { scraped } from '../components/derived';
import { kafkaClusterChecks } from '../components/kafka-cluster/checks/checks';
import { prometheusCheck } from '../components/prometheus/check';
import { registryTopicsCheck } from '../components/schema-registry/check';
import { schemasCheck } from '../components/schemas/schemas-check';
import { runChecks, type Verdict } from '../components/smoke-test/smoke-test';
import type { Progress } from '../console/progress';
import type { BrokerControl, Check, Services } from '../smoke/check';
import { httpCheck, standInsAmong } from '../smoke/http-check';
import { componentProofs, componentsOf } from './components';
import type { Platform } from './load';

/** The checks in order. Components that are checked only over HTTP declare their check next to their model. */
const CHECKS: readonly Check<Platform>[] = [
  ...kafkaClusterChecks,
  registryTopicsCheck,
  schemasCheck,
  ...componentProofs.map(httpCheck),
  prometheusCheck,
];

const SETTLE_MS = 15_000;

interface SmokeTestProps {
  readonly config: Platform;
  readonly connection: KafkaConnection;
  readonly progress: Progress;
  readonly control?: BrokerControl;
  /** Addresses of the services to check. @default none: their checks are skipped */
  readonly services?: Services;
  /** Jobs that Prometheus must scrape. @default the jobs of all components that serve metrics in Kubernetes */
  readonly scrapes?: readonly Scrape[];
  /** Subjects that the registry must have. @default none */
  readonly subjects?: readonly Subject[];
  /** Time within which the cluster may settle before a check fails. @default 15 s */
  readonly settleMs?: number;
}

/** Checks a running cluster against its configuration. Failing checks are part of the result and never throw. */
export function smokeTest({
  config,
  progress,
  services = {},
  scrapes,
  subjects = [],
  settleMs = SETTLE_MS,
  ...brokers
}: SmokeTestProps): Promise<Verdict> {
  const components = componentsOf(config);
  return runChecks({
    checks: CHECKS,
    progress,
    target: {
      ...brokers,
      config,
      services,
      components,
      scrapes: scrapes ?? scraped(components).map(({ metrics }) => metrics),
      standIns: () => standInsAmong(componentProofs, { config, services }),
      subjects,
      settleMs,
    },
  });
}
