import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { firstPool } from '../../tools/support/first-pool';
import { freePort } from '../../tools/support/free-port';
import { validConfig, withValue } from '../../tools/support/config';
import { startScript } from '../../src/components/kafka-cluster/start-script';
import { parseConfig } from '../../src/platform/load';
import type { PlatformInput } from '../../src/platform/schema';
import { gibibytes } from '../../src/validation/units';

export const config = parseConfig(validConfig);
const POD = 'kafka-broker-1';

/** Of the node that starts. */
export const OWN_VOLUME = `cluster.id=${config.brokers.clusterId}\nnode.id=1\n`;

export interface Start {
  /** Content of the volume's `meta.properties`; the volume is empty without it. */
  readonly meta?: string;
  /** Shell commands before the script. */
  readonly before?: string;
  /** What the volume of the metadata log has, where there is one of its own. */
  readonly metadata?: { readonly meta?: string; readonly formedWith?: string; readonly quorumState?: string };
  /** Content of the file `voters`. */
  readonly formedWith?: string;
  /** Content of the quorum's state. */
  readonly quorumState?: string;
  /** Free blocks of the volume, of 4 KiB each. */
  readonly freeBlocks?: number;
  /** Whether the volume has its reserve. */
  readonly isReserved?: boolean;
  /** Answers of the guard, one after the other; the last is repeated. */
  readonly answers?: readonly string[];
}

/** Runs the start script in a directory that stands in for the pod's, until it ends or calls a tool of Kafka, which is missing here. */
export async function start(props: Start) {
  const { metadata, before = '', freeBlocks = 0, isReserved = false, answers = [], ...data } = props;
  const directory = mkdtempSync(join(tmpdir(), 'start-script-'));
  const log = join(directory, 'data', 'log');
  const metadataLog = join(directory, 'metadata', 'log');
  writeFileSync(join(directory, 'metadata-version'), '4.3-IV0\n');
  writeVolume(log, data, metadata === undefined);
  if (metadata !== undefined) writeVolume(metadataLog, metadata, true);
  const metadataProperty = metadata === undefined ? '' : `metadata.log.dir=${metadataLog}\n`;
  const ofPool = `log.dirs=${log}\n${metadataProperty}controller.quorum.bootstrap.servers=localhost:1,localhost:2,localhost:3\n`;
  const reserve = join(directory, 'data', 'reserve');
  if (isReserved) writeFileSync(reserve, 'reserved');
  writeFileSync(join(directory, 'pool.properties'), ofPool);
  const guard = answering(answers);
  const port = await freePort();
  guard.listen(port, '127.0.0.1');
  const script = startScript(
    parseConfig({ ...(withValue('brokers/maxMapCount', 2 ** 31 - 1) as PlatformInput), guard: { port } }),
    { ...firstPool(config.brokers), ...(metadata && { metadataStorage: { size: gibibytes(10) } }) },
    { config: directory, live: directory, scratch: directory, metricsReporter: directory },
  );
  const child = spawn('bash', ['-c', `${ofVolume(freeBlocks)}\n${before}\n${script}`], {
    env: { ...process.env, HOSTNAME: POD, DATA_LOG: log },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number];
  guard.close();
  const properties = readFileSync(join(directory, 'kafka.properties'), 'utf8');
  const reserved = existsSync(reserve) ? readFileSync(reserve, 'utf8') : undefined;
  const voters = ['data', 'metadata'].filter((volume) => existsSync(join(directory, volume, 'voters')));
  return { ...output, status, properties, ofPool, reserved, voters };
}

type Volume = Pick<Start, 'meta' | 'formedWith' | 'quorumState'>;

function writeVolume(log: string, { meta, formedWith, quorumState }: Volume, hasMetadataLog: boolean): void {
  mkdirSync(hasMetadataLog ? join(log, '__cluster_metadata-0') : log, { recursive: true });
  if (meta !== undefined) writeFileSync(join(log, 'meta.properties'), meta);
  if (quorumState !== undefined) writeFileSync(join(log, '__cluster_metadata-0', 'quorum-state'), quorumState);
  if (formedWith !== undefined) writeFileSync(join(dirname(log), 'voters'), `${formedWith}\n`);
}

/** In place of programs that tell and take the space of a volume. */
const ofVolume = (freeBlocks: number): string =>
  `stat() { echo "${freeBlocks} * 4096"; }; fallocate() { echo "$*" > "$3"; }`;

/** A guard that answers `GET /format`. */
function answering(answers: readonly string[]): Server {
  const left = [...answers];
  return createServer((request, response) => {
    expect(`${request.method} ${request.url}`).toBe('GET /format');
    const [answer = ''] = left.length > 1 ? left.splice(0, 1) : left;
    response.writeHead(200, { connection: 'close' }).end(`${answer}\n`);
  });
}
