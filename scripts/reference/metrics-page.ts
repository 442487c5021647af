import type { Metric, Registry } from 'prom-client';
import { ClientMetrics } from '../../src/client';
import { BROKER_METRICS } from '../../src/components/kafka-cluster/broker-metrics';
import { guardMetrics, type GuardState } from '../../src/components/kafka-cluster/guard/guard-metrics';
import { CatalogueWatch } from '../../src/components/lag-exporter/catalogue-watch';
import { Scraper } from '../../src/components/lag-exporter/scraper';
import type { ClusterSnapshot } from '../../src/components/lag-exporter/snapshot';
import { exposition } from '../../src/monitoring/exposition';
import { code, table } from './markdown';

const COLUMNS = ['metric', 'type', 'labels', 'meaning'];

/** A cluster for which every metric has a sample. */
const SNAPSHOT: ClusterSnapshot = {
  brokers: 1,
  topics: [
    {
      name: 'orders',
      partitions: [
        {
          partition: 0,
          leaderId: 0,
          leaderEpoch: 0,
          replicas: [0],
          inSyncReplicas: [0],
          log: { start: 0n, lastStable: 1n, highWatermark: 2n },
          transaction: { producerId: 0n, transactionalId: 'payment-0', state: 'open', ageMs: 1_000 },
        },
      ],
    },
  ],
  groups: [
    {
      group: 'billing',
      type: 'classic',
      state: 'Stable',
      members: 1,
      assigned: new Map(),
      committed: new Map([['orders', new Map([[0, 0n]])]]),
    },
  ],
  problems: [],
};

/** A guard for which every metric has a sample. */
const GUARD: GuardState = {
  heldUp: { obstacle: 'min-isr', waitedMs: 1_000 },
  catchUp: { replicas: 1, behind: 1n, remainingMs: 1_000, idleMs: 0 },
  passes: { stop: 0, 'catch-up': 0 },
  stopsInSpite: [{ nodeId: 0, cause: 'passed', at: 0 }],
};

/** All metrics that programs of the project serve, as returned by the programs themselves. */
export async function metricsPage(): Promise<string> {
  return `# Metrics

## Lag exporter

\`/metrics\` of \`lag-exporter\` (\`monitoring.lagExporter.port\`). Names, labels and meaning are those of danielqsj/kafka_exporter where it has the metric, so
that public dashboards and rules work. What is unknown has no sample.

${table([COLUMNS, ...(await exporterRows())])}

## Clients

\`ClientMetrics\` of \`kafka-platform/client\`; an application serves its \`text()\` at \`/metrics\`. A histogram has the series \`_bucket\`, \`_sum\` and \`_count\`.

${table([COLUMNS, ...registryRows(new ClientMetrics().registry)])}

An application may add metrics of its own to the \`registry\` of its \`ClientMetrics\`. The dashboard "Applications" shows \`app_done_total\`, a counter with the label
\`kind\`: what the application has done, in its own words. The programs of the shop export it, and the metrics of Node.js (\`collectDefaultMetrics\` of prom-client).

## Brokers

\`/metrics\` of each broker (\`monitoring.brokerPort\`), exported inside the JVM by Strimzi's metrics-reporter. Names follow Kafka's MBeans and metrics in lower
case; the patterns are those of the reporter's allowlist, for names without the endings \`_total\`, \`_sum\`, \`_count\` and \`_info\`. The metrics of the JVM
(\`jvm_\`, \`process_\`) are always exported. Prometheus adds the label \`broker\`, the id of the node.

${table([['metric', 'meaning'], ...Object.entries(BROKER_METRICS).map(([name, meaning]) => [code(name), meaning])])}

## Guards

\`/metrics\` of the guard beside each broker (\`guard.port\`). Prometheus adds the label \`broker\`, the id of the guard's own node.

${table([COLUMNS, ...exposedRows(exposition(guardMetrics(GUARD)))])}

## Others

The schema registry, Kafka UI and Prometheus export the metrics of their makers.
`;
}

/** The metrics in the exporter's response to a scrape. */
async function exporterRows(): Promise<readonly (readonly string[])[]> {
  const say = (): void => undefined;
  const catalogue = new CatalogueWatch({ plan: () => Promise.resolve([]), say });
  await catalogue.start();
  catalogue.stop();
  const scraper = new Scraper({ read: () => Promise.resolve(SNAPSHOT), say, more: () => catalogue.metrics() });
  return exposedRows(await scraper.metrics());
}

/** The metrics in Prometheus' text format, with the labels of the first sample of each. */
function exposedRows(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)\n\S*?(?:\{(.*)\})? \S+$/gm)].map(
    ([, name = '', help = '', type = '', labels = '']) =>
      row({ name, help, type, labels: [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label) }),
  );
}

const registryRows = (registry: Registry): readonly (readonly string[])[] =>
  registry.getMetricsAsArray().map(({ name, help }) => {
    const metric = registry.getSingleMetric(name) as Metric & { readonly labelNames: readonly string[] };
    return row({ name, help, type: metric.constructor.name.toLowerCase(), labels: metric.labelNames });
  });

interface Described {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const row = ({ name, help, type, labels }: Described): readonly string[] => [
  code(name),
  type,
  labels.map(code).join(', '),
  help.replace(/\.$/, ''),
];
