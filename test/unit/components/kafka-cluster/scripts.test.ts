import { firstPool } from '../../../../tools/support/first-pool';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { freePort } from '../../../../tools/support/free-port';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PlatformInput } from '../../../../src/platform/schema';
import { parseConfig } from '../../../../src/platform/load';
import { startScript, volumeReserve } from '../../../../src/components/kafka-cluster/start-script';
import { gibibytes } from '../../../../src/validation/units';
import { validConfig, withValue } from '../../../../tools/support/config';

const config = parseConfig(validConfig);
const POD = 'kafka-broker-1';

const OWN_VOLUME = `cluster.id=${config.brokers.clusterId}\nnode.id=1\n`;

interface Start {
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
async function start(props: Start) {
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

describe('the start script', () => {
  it('refuses the volume of another cluster, and names both', async () => {
    const { status, stderr } = await start({ meta: 'cluster.id=AnotherClustersIdABCDg\nnode.id=1\n' });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /volume belongs to cluster 'AnotherClustersIdABCDg' and this is cluster 'q1Sh-9_ISia_zwGINzRvyQ'/,
    );
  });

  it('refuses the volume of another node, and names both', async () => {
    const { status, stderr } = await start({ meta: `cluster.id=${config.brokers.clusterId}\nnode.id=2\n` });
    expect(status).toBe(1);
    expect(stderr).toMatch(/volume belongs to node '2' and this is node '1'/);
  });

  it('refuses other controllers than those that the quorum was formed with, and takes the same', async () => {
    const { status, stderr } = await start({ meta: OWN_VOLUME, formedWith: '0,1,2,3,4' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/formed with controllers 0,1,2,3,4 and the configuration has 0,1,2;/);
    expect((await start({ meta: OWN_VOLUME, formedWith: '0,1,2' })).stderr).not.toMatch(/refusing/);
  });

  it('refuses the volume of a static quorum, and names the page that says what to do', async () => {
    const { status, stderr } = await start({
      meta: OWN_VOLUME,
      quorumState: '{"clusterId":"","leaderId":0,"leaderEpoch":2,"currentVoters":[{"voterId":0}],"data_version":0}',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/quorum of this volume is static .*docs\/guides\/migrate-a-static-quorum\.md/);
  });

  it('puts the id and the address of its pod in front of the properties of the pool', async () => {
    const { properties, ofPool } = await start({ meta: OWN_VOLUME });
    const host = 'kafka-broker-1.kafka-broker-headless.kafka.svc.cluster.local';
    expect(properties).toBe(
      [
        '# Broker 1 of kafka. Generated: change the configuration, not this file.',
        'node.id=1',
        `advertised.listeners=CLIENT://${host}:9092,CONTROLLER://${host}:9093,REPLICATION://${host}:9094`,
        ofPool,
      ].join('\n'),
    );
  });

  it('tells of a node that allows fewer maps and files than it may need, and goes on', async () => {
    const { stdout, stderr } = await start({ meta: OWN_VOLUME, before: 'ulimit -n 1024' });
    expect(stdout).toMatch(/vm\.max_map_count of this node is \d+, and brokers\.maxMapCount reckons with 2147483647/);
    expect(stdout).toMatch(/at most 1024 files may be open here; Kafka wants 100000/);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  describe('keeps space back on the volume', () => {
    const bytes = volumeReserve(firstPool(config.brokers).storage.size);
    const blocks = bytes / 4_096;

    it('once there is twice as much', async () => {
      const { reserved, stderr } = await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(2.1 * blocks) });
      expect(reserved).toMatch(new RegExp(`^-l ${bytes} /`));
      expect(stderr).toMatch(/kafka-server-start\.sh/);
      expect((await start({ meta: OWN_VOLUME, freeBlocks: Math.floor(1.9 * blocks) })).reserved).toBeUndefined();
    });

    it('until the volume is full, and says what to do then', async () => {
      const full = await start({ meta: OWN_VOLUME, freeBlocks: Math.floor(0.2 * blocks), isReserved: true });
      expect(full.reserved).toBeUndefined();
      expect(full.stdout).toMatch(/the volume is full: its reserve of .* is given up; lower the retention/);
      expect(full.stderr).toMatch(/kafka-server-start\.sh/);
      expect((await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(0.3 * blocks), isReserved: true })).reserved).toBe(
        'reserved',
      );
    });

    it('and starts without where the file system cannot', async () => {
      const before = 'fallocate() { echo some > "$3"; return 1; }';
      const { reserved, stdout, stderr } = await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(3 * blocks), before });
      expect([reserved, stdout]).toEqual([undefined, expect.stringMatching(/no space is reserved/)]);
      expect(stderr).toMatch(/kafka-server-start\.sh/);
    });
  });

  it('starts the broker on a volume of its own without formatting it', async () => {
    const { stderr } = await start({ meta: OWN_VOLUME });
    expect(stderr).toMatch(/kafka-server-start\.sh/);
    expect(stderr).not.toMatch(/kafka-storage\.sh/);
  });

  it('does not format an empty volume before the guard says how, and says why it waits', async () => {
    const { stdout, stderr } = await start({ answers: ['wait: node 2 does not answer', 'initial'] });
    expect(stdout).toMatch(/the volume is empty and not formatted yet: node 2 does not answer\n/);
    expect(stdout).toMatch(/formatting the volume: --initial-controllers\n/);
    expect(stderr).toMatch(/kafka-storage\.sh/);
  });

  it('formats as the guard says', async () => {
    expect((await start({ answers: ['join'] })).stdout).toMatch(/formatting the volume: --no-initial-controllers\n/);
  });

  it('never formats on an answer that it does not know', async () => {
    const { stdout } = await start({ answers: ['something else', 'join'] });
    expect(stdout).toMatch(/not formatted yet: something else\n/);
  });
});

describe('the start script of a node whose metadata log has a volume of its own', () => {
  /** Tells its arguments, and writes what Kafka's own tool does. */
  const tools = [
    '/opt/kafka/bin/kafka-storage.sh() {',
    '  echo "kafka-storage.sh $*"',
    '  for directory in "$log_dir" "$metadata_dir"; do',
    '    [[ -e "$directory/meta.properties" ]] || { echo "formatted $(basename "$(dirname "$directory")")"; touch "$directory/meta.properties"; }',
    '  done',
    '}',
  ].join('\n');
  const formatted = (stdout: string): readonly string[] =>
    [...stdout.matchAll(/^formatted (.*)$/gm)].map(([, volume = '']) => volume);
  const quorumState = '{"currentVoters":[{"voterId":0}],"data_version":0}';

  it('asks the guard when both volumes are empty, and formats both', async () => {
    const { stdout, voters } = await start({ metadata: {}, answers: ['wait: node 2', 'initial'], before: tools });
    expect(stdout).toMatch(/the metadata volume is empty and not formatted yet: node 2\n/);
    expect(stdout).toMatch(/kafka-storage\.sh format .*--initial-controllers=\S+ --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['data', 'metadata']);
    expect(voters).toEqual(['metadata']);
  });

  it('formats a data volume that was lost without asking: the quorum has its log', async () => {
    const { stdout, stderr } = await start({ metadata: { meta: OWN_VOLUME }, answers: ['initial'], before: tools });
    expect(stdout).toMatch(
      /the data volume is empty and not formatted yet; its replicas come from the other brokers\n/,
    );
    expect(stdout).toMatch(/kafka-storage\.sh format .*--no-initial-controllers --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['data']);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  it('asks the guard when the metadata volume was lost, and leaves the data volume as it is', async () => {
    const { stdout } = await start({
      meta: OWN_VOLUME,
      metadata: {},
      answers: ['wait: node 2', 'join'],
      before: tools,
    });
    expect(stdout).toMatch(/the metadata volume is empty and not formatted yet: node 2\n/);
    expect(stdout).toMatch(/--no-initial-controllers --ignore-formatted\n/);
    expect(formatted(stdout)).toEqual(['metadata']);
  });

  it('formats nothing when both are', async () => {
    const { stdout, stderr } = await start({ meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME }, before: tools });
    expect(stdout).not.toMatch(/kafka-storage\.sh/);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });

  const ofNode2 = OWN_VOLUME.replace('node.id=1', 'node.id=2');
  const own = `node '1' of cluster '${config.brokers.clusterId}'`;

  it.each<[string, Start, string]>([
    [
      'volumes of different nodes',
      { meta: ofNode2, metadata: { meta: OWN_VOLUME } },
      `the data volume belongs to node '2' of cluster '${config.brokers.clusterId}' and the metadata volume to ${own};`,
    ],
    [
      'volumes of different clusters',
      { meta: OWN_VOLUME, metadata: { meta: 'cluster.id=another\nnode.id=1\n' } },
      `the data volume belongs to ${own} and the metadata volume to node '1' of cluster 'another';`,
    ],
    [
      'a data volume of another node, while the metadata volume is empty',
      { meta: ofNode2, metadata: {} },
      `the data volume belongs to node '2' of cluster '${config.brokers.clusterId}' and this is ${own};`,
    ],
    [
      'a metadata volume of another node, while the data volume is empty',
      { metadata: { meta: ofNode2 } },
      "the volume belongs to node '2' and this is node '1'",
    ],
    [
      'two volumes of another cluster',
      { meta: 'cluster.id=another\nnode.id=1\n', metadata: { meta: 'cluster.id=another\nnode.id=1\n' } },
      `the data volume belongs to node '1' of cluster 'another' and this is ${own};`,
    ],
    [
      'other controllers than those in the file beside the metadata log',
      { meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME, formedWith: '0,1,2,3,4' } },
      'the quorum was formed with controllers 0,1,2,3,4',
    ],
    [
      'the metadata log of a static quorum',
      { meta: OWN_VOLUME, metadata: { meta: OWN_VOLUME, quorumState } },
      'the quorum of this volume is static',
    ],
    [
      'a data volume that holds a metadata log',
      { meta: OWN_VOLUME, metadata: {}, before: 'mkdir -p "$DATA_LOG/__cluster_metadata-0"' },
      'this pool was formed without metadataStorage',
    ],
  ])('refuses %s', async (_what, of, says) => {
    // Without an answer, one that is not refused would wait for ever.
    const { status, stderr } = await start({ answers: ['join'], ...of });
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
});
