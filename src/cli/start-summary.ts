import { LAG_EXPORTER } from '../components/lag-exporter/names';
import { PROMETHEUS } from '../components/prometheus/names';
import { SCHEMA_REGISTRY } from '../components/schema-registry/names';
import type { Local } from '../local/start-locally';
import { nodesText } from '../components/kafka-cluster/nodes';
import { StateDirectory } from '../local/state';
import { STATUS_PAGE, type ServiceName } from '../platform/local-service-ports';
import type { Platform } from '../platform/load';
import { kubernetesEnvironments, type Project } from '../platform/project';
import { commandLine } from '../validation/command-line';

interface SummaryProps {
  readonly project: Project;
  readonly config: Platform;
  readonly local: Local;
}

/** The text that `start` prints when everything runs: addresses, directories and next commands. */
export function startSummary({ project, config, local: { platform, services } }: SummaryProps): string {
  const address = (name: ServiceName): string => services.url(name) ?? 'left out, see above';
  const { brokers, registry, monitoring } = config;
  const rows: readonly (readonly [string, string])[] = [
    ['Kafka', `${nodesText(brokers)}, ${brokers.version}, cluster ${brokers.clusterId}`],
    ['bootstrap servers', platform.connection.bootstrapServers.join(',')],
    ['topics', config.topics.map(({ name }) => name).join(', ')],
    ['status page', address(STATUS_PAGE)],
    ['schema registry', registry.provider === 'none' ? 'none' : address(SCHEMA_REGISTRY)],
    ['Prometheus', monitoring.mode === 'prometheus' ? address(PROMETHEUS) : 'none'],
    ['lag of consumers', address(LAG_EXPORTER)],
    ...(services.applications?.running ?? []).map(({ name }, index): readonly [string, string] => [
      index === 0 ? 'applications' : '',
      `${name.padEnd(20)} ${address(name)}`,
    ]),
    ['data and logs', new StateDirectory(config).path],
    ...manifestRows(project),
    ['', ''],
    ...nextRows(project),
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`.trimEnd()).join('\n');
}

function manifestRows(project: Project): readonly (readonly [string, string])[] {
  const { manifests } = project.definition;
  if (manifests === undefined) return [];
  return [
    [
      'manifests',
      kubernetesEnvironments(project)
        .map((name) => `${manifests}/${name}`)
        .join(', '),
    ],
  ];
}

function nextRows(project: Project): readonly (readonly [string, string])[] {
  const [first] = kubernetesEnvironments(project);
  const commands: readonly (readonly [string, string])[] = [
    ['topics plan', 'what would change in the cluster'],
    ['schemas plan', 'what would change in the registry'],
    ['smoke', 'the smoke test again, against what runs'],
    ['platform status', 'what runs; also start, stop, logs'],
    ...(first === undefined ? [] : [[`deploy ${first}`, 'the same platform in Kubernetes'] as const]),
  ];
  const lines = commands.map(([words, does]) => [commandLine(words), does] as const);
  const width = Math.max(...lines.map(([line]) => line.length)) + 5;
  return lines.map(([line, does], index) => [index === 0 ? 'next' : '', `${line.padEnd(width)}${does}`]);
}
