import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Platform } from '../platform/load';
import { brokerProperties } from '../components/kafka-cluster/broker-properties';
import type { BrokerNode, ClusterLayout } from '../components/kafka-cluster/layout';
import { log4j2Properties } from '../components/kafka-cluster/log4j2-properties';
import { formatArguments, voterIds, type Format } from '../components/kafka-cluster/formation/format-arguments';
import { heapOptions } from '../components/kafka-cluster/start-script';
import { formatFailure } from './format-failure';
import { QUICK_START } from '../processes/quick-start';
import { localFormats } from './formation';
import { checkVolume, noteVoters } from './volume';

const FORMAT_HEAP = '-Xmx128m';

/** A Java runtime and its class path. */
export interface Runtime {
  readonly java: string;
  readonly classPath: string;
}

interface PrepareProps {
  readonly config: Platform;
  readonly layout: ClusterLayout;
  readonly runtime: Runtime;
  readonly directory: (nodeId: number) => string;
}

/**
 * Checks every log directory before any is changed, writes the brokers' files, and formats unformatted directories. The format
 * command begins with Kafka's parser, so it also runs for changed properties if all directories are formatted.
 * @throws {UserError} if a directory is damaged or belongs to another cluster, or if Kafka refuses the properties
 */
export async function prepareBrokers(props: PrepareProps): Promise<void> {
  const { clusterId } = props.config.brokers;
  const voters = voterIds(props.layout);
  for (const node of props.layout.nodes) checkVolume(node, { clusterId, nodeId: node.id, voters });
  const formats = localFormats(clusterId, props.layout);
  const changed = props.layout.nodes.filter((node) => writeFiles(props, node));
  // Nodes of a pool differ only in identity, so the parser tries the properties of one formatted node of each.
  const ofEachPool = new Map(changed.map((node) => [node.pool.name, node])).values();
  const tried = formats.size > 0 ? formats : new Map([...ofEachPool].map((node) => [node, 'join' as const]));
  await Promise.all([...tried].map(([node, how]) => format(props, node, how)));
  for (const node of props.layout.nodes) noteVoters(node, voters);
}

/** Arguments for `java` that start a broker. */
export function brokerArguments(props: PrepareProps, node: BrokerNode): readonly string[] {
  const { config, runtime, directory } = props;
  return [
    ...heapOptions(node.pool.heap).split(' '),
    ...(config.brokers.jvmOptions ?? QUICK_START),
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    log4j(directory(node.id)),
    '-cp',
    runtime.classPath,
    'kafka.Kafka',
    propertiesFile(props, node),
  ];
}

const propertiesFile = ({ directory }: PrepareProps, { id }: BrokerNode): string =>
  join(directory(id), 'broker.properties');

/** Writes a broker's files. @returns whether its properties changed */
function writeFiles(props: PrepareProps, node: BrokerNode): boolean {
  const { config, layout, directory } = props;
  const file = propertiesFile(props, node);
  const properties = brokerProperties(config, layout, node);
  const isChanged = !existsSync(file) || readFileSync(file, 'utf8') !== properties;
  mkdirSync(directory(node.id), { recursive: true });
  writeFileSync(file, properties);
  writeFileSync(join(directory(node.id), 'log4j2.properties'), log4j2Properties(config));
  return isChanged;
}

async function format(props: PrepareProps, node: BrokerNode, how: Format): Promise<void> {
  const { config, layout, runtime, directory } = props;
  const { clusterId, metadataVersion } = config.brokers;
  const args = [
    FORMAT_HEAP,
    ...QUICK_START,
    log4j(directory(node.id)),
    '-cp',
    runtime.classPath,
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${clusterId}`,
    `--config=${propertiesFile(props, node)}`,
    `--release-version=${metadataVersion}`,
    formatArguments(clusterId, layout)[how],
    '--ignore-formatted',
  ];
  try {
    await promisify(execFile)(runtime.java, args);
  } catch (error) {
    // Without the file, refused properties count as changed at the next start.
    rmSync(propertiesFile(props, node), { force: true });
    const { stderr = '', stdout = '', message } = error as Error & { stderr?: string; stdout?: string };
    const output = `${stdout}${stderr}`.trim() || message;
    throw formatFailure({ output, nodeId: node.id, directory: directory(node.id), config });
  }
}

const log4j = (directory: string): string => `-Dlog4j2.configurationFile=${join(directory, 'log4j2.properties')}`;
