import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { brokerProperties } from '../render/broker-properties';
import type { BrokerNode, ClusterLayout } from '../render/layout';
import { log4j2Properties } from '../render/log4j2-properties';
import { heapOptions } from '../render/start-script';
import { QUICK_START } from './quick-start';
import { isFormatted } from './volume';

const FORMAT_HEAP = '-Xmx128m';

/** A Java runtime and what it runs. */
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
 * Checks every log directory before any is touched, writes the brokers' files and formats what is not formatted.
 * @throws {UserError} for a directory of another cluster, or a damaged one
 */
export async function prepareBrokers(props: PrepareProps): Promise<void> {
  const { clusterId } = props.config.brokers.quorum;
  const unformatted = props.layout.nodes.filter(
    ({ id, logDirectory }) => !isFormatted(logDirectory, { clusterId, nodeId: id }),
  );
  for (const node of props.layout.nodes) writeFiles(props, node);
  await Promise.all(unformatted.map((node) => format(props, node)));
}

/** Arguments of `java` that start a broker. */
export function brokerArguments({ config, runtime, directory }: PrepareProps, node: BrokerNode): readonly string[] {
  return [
    ...heapOptions(config.brokers.heap).split(' '),
    ...QUICK_START,
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    log4j(directory(node.id)),
    '-cp',
    runtime.classPath,
    'kafka.Kafka',
    join(directory(node.id), 'broker.properties'),
  ];
}

function writeFiles({ config, layout, directory }: PrepareProps, node: BrokerNode): void {
  mkdirSync(directory(node.id), { recursive: true });
  writeFileSync(join(directory(node.id), 'broker.properties'), brokerProperties(config, layout, node));
  writeFileSync(join(directory(node.id), 'log4j2.properties'), log4j2Properties(config));
}

async function format({ config, runtime, directory }: PrepareProps, { id }: BrokerNode): Promise<void> {
  const { quorum, metadataVersion } = config.brokers;
  const args = [
    FORMAT_HEAP,
    ...QUICK_START,
    log4j(directory(id)),
    '-cp',
    runtime.classPath,
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${quorum.clusterId}`,
    `--config=${join(directory(id), 'broker.properties')}`,
    `--release-version=${metadataVersion}`,
    '--ignore-formatted',
  ];
  try {
    await promisify(execFile)(runtime.java, args);
  } catch (error) {
    const { stderr, stdout } = error as { stderr?: string; stdout?: string };
    throw new UserError(
      `The storage of broker ${id} could not be formatted:\n    ${`${stdout ?? ''}${stderr ?? ''}`.trim()}`,
      `see that ${directory(id)} can be written and that its disk is not full`,
    );
  }
}

const log4j = (directory: string): string => `-Dlog4j2.configurationFile=${join(directory, 'log4j2.properties')}`;
