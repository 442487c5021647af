import { firstPool } from '../../../../tools/support/first-pool';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { freePort } from '../../../../tools/support/free-port';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformInput } from '../../../../src/platform/schema';
import { parseConfig } from '../../../../src/platform/load';
import { startScript, volumeReserve } from '../../../../src/components/kafka-cluster/start-script';
import { validConfig, withValue } from '../../../../tools/support/config';

const config = parseConfig(validConfig);
const POD = 'kafka-broker-1';

const OWN_VOLUME = `cluster.id=${config.brokers.clusterId}\nnode.id=1\n`;

interface Start {
  /** Content of the volume's `meta.properties`; the volume is empty without it. */
  readonly meta?: string;
  /** Shell commands before the script. */
  readonly before?: string;
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
  const { meta, before = '', formedWith, quorumState, freeBlocks = 0, isReserved = false, answers = [] } = props;
  const directory = mkdtempSync(join(tmpdir(), 'start-script-'));
  const log = join(directory, 'log');
  mkdirSync(join(log, '__cluster_metadata-0'), { recursive: true });
  writeFileSync(join(directory, 'metadata-version'), '4.3-IV0\n');
  if (meta !== undefined) writeFileSync(join(log, 'meta.properties'), meta);
  if (quorumState !== undefined) writeFileSync(join(log, '__cluster_metadata-0', 'quorum-state'), quorumState);
  if (formedWith !== undefined) writeFileSync(join(directory, 'voters'), `${formedWith}\n`);
  const reserve = join(directory, 'reserve');
  if (isReserved) writeFileSync(reserve, 'reserved');
  const ofPool = `log.dirs=${log}\ncontroller.quorum.bootstrap.servers=localhost:1,localhost:2,localhost:3\n`;
  writeFileSync(join(directory, 'pool.properties'), ofPool);
  const guard = answering(answers);
  const port = await freePort();
  guard.listen(port, '127.0.0.1');
  const script = startScript(
    parseConfig({ ...(withValue('brokers/maxMapCount', 2 ** 31 - 1) as PlatformInput), guard: { port } }),
    firstPool(config.brokers),
    { config: directory, live: directory, scratch: directory, metricsReporter: directory },
  );
  const child = spawn('bash', ['-c', `${ofVolume(freeBlocks)}\n${before}\n${script}`], {
    env: { ...process.env, HOSTNAME: POD },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number];
  guard.close();
  const properties = readFileSync(join(directory, 'kafka.properties'), 'utf8');
  const reserved = existsSync(reserve) ? readFileSync(reserve, 'utf8') : undefined;
  return { ...output, status, properties, ofPool, reserved };
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
