import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Platform } from '../../src/platform/load';
import type { LocalPlatform } from '../../src/local/local-platform';
import { ended, identify, isRunning, signal } from '../../src/processes/processes';
import { connectKafka, withAdmin } from '../../src/client/kafka-client';
import { makeTopics } from '../support/make-topics';
import { programOutcome } from '../support/program-outcome';
import { oneBroker, startPlatform, temporaryDirectory } from '../../tools/support/local-platform';

/** The watchdog kills what has not ended after 12 s, on a busy machine later. */
const STOP_WITHIN_MS = 60_000;

let directory: string;
const started: LocalPlatform[] = [];

async function start(config: Platform, onCrash?: (error: Error) => void): Promise<LocalPlatform> {
  const platform = await startPlatform(config, onCrash);
  started.push(platform);
  return platform;
}

/** A property that only Kafka itself can check. */
const withMissingClass = (): Platform =>
  oneBroker(directory, {
    brokers: { ...oneBroker(directory).brokers, properties: { 'principal.builder.class': 'org.mine.Missing' } },
  });
const SAYS_WHICH =
  /does not take the configuration[\s\S]*could not be found\.\s+fix: correct brokers\.properties\.principal/;

const pidOf = (platform: LocalPlatform): number => platform.pid(0) ?? 0;

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((platform) => platform.stop()));
  rmSync(directory, { recursive: true, force: true });
});

describe('a local platform', () => {
  it('keeps its data and ports across restarts, and leaves no process behind', async () => {
    const first = await start(oneBroker(directory));
    const broker = identify(pidOf(first));
    await makeTopics(first.connection, [{ topic: 'kept' }]);
    await first.stop();
    expect(isRunning(broker)).toBe(false);

    const second = await start(oneBroker(directory));
    expect(second.connection).toEqual(first.connection);
    expect(await withAdmin(connectKafka(second.connection), (admin) => admin.listTopics())).toContain('kept');

    await second.stop();
    // All directories are formatted; the properties are checked nevertheless.
    await expect(start(withMissingClass())).rejects.toThrow(SAYS_WHICH);
  });

  it('refuses a second start while it runs', async () => {
    const running = await start(oneBroker(directory));
    await expect(start(oneBroker(directory))).rejects.toThrow(/already runs here/);
    expect(isRunning(identify(pidOf(running)))).toBe(true);
  });

  it('reports a broker that was killed, with the end of its log', async () => {
    let report: (error: Error) => void = () => undefined;
    const crash = new Promise<Error>((done) => (report = done));
    const platform = await start(oneBroker(directory), report);
    signal(pidOf(platform), 'SIGKILL');
    expect((await crash).message).toMatch(/Broker 0 is down: signal SIGKILL[\s\S]*broker\.log/);
  });

  it('ends with its parent process, even if that is killed', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', 'test/support/run-platform.ts', directory]);
    const [output] = (await once(parent.stdout, 'data')) as [Buffer];
    const broker = identify(Number(/broker (\d+)/.exec(output.toString())?.[1]));
    expect(isRunning(broker)).toBe(true);
    parent.kill('SIGKILL');
    expect(await ended(broker, STOP_WITHIN_MS)).toBe(true);
  });

  it('stops all started brokers when one cannot start, and names the wrong property', async () => {
    await expect(start(withMissingClass())).rejects.toThrow(SAYS_WHICH);
    // The second attempt finds formatted directories.
    await expect(start(withMissingClass())).rejects.toThrow(SAYS_WHICH);
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  });
});

describe('npm start', () => {
  /** A definition whose brokers Kafka refuses. */
  const refused = (): string => {
    const file = join(directory, 'refused.ts');
    writeFileSync(
      file,
      `import { definePlatform } from '${resolve('src/platform/definition')}';
      import { environments } from '${resolve('platform/environments')}';
      const { local } = environments;
      export default definePlatform({
        environments: {
          local: {
            ...local,
            brokers: { ...local.brokers, properties: { 'principal.builder.class': 'org.mine.Missing' } },
            local: { stateDirectory: '${join(directory, 'state')}' },
          },
        },
      });`,
    );
    return file;
  };

  it('ends when a broker cannot start, and says why', async () => {
    const { code, stderr } = await programOutcome(process.execPath, [
      ...['--import', 'tsx', 'src/cli/main.ts', 'start', '--config', refused()],
    ]);
    expect(stderr).toMatch(SAYS_WHICH);
    expect(code).toBe(1);
  });
});

describe('a local platform starts nothing', () => {
  const meta = (): string => join(directory, 'broker-0', 'log', 'meta.properties');

  const write = (text: string): void => {
    mkdirSync(join(directory, 'broker-0', 'log'), { recursive: true });
    writeFileSync(meta(), text);
  };

  it('on the data of another cluster, which stay unchanged', async () => {
    const text = 'version=1\ncluster.id=AnotherClustersIdABCDg\nnode.id=0\n';
    write(text);
    await expect(start(oneBroker(directory))).rejects.toThrow(/belongs to cluster 'AnotherClustersIdABCDg'[\s\S]*fix:/);
    expect(readFileSync(meta(), 'utf8')).toBe(text);
  });

  it('on the data of another node', async () => {
    write(`version=1\ncluster.id=${oneBroker(directory).brokers.clusterId}\nnode.id=2\n`);
    await expect(start(oneBroker(directory))).rejects.toThrow(/belongs to node '2', not to node '0'/);
  });

  it('on the data of a quorum of other controllers', async () => {
    const config = oneBroker(directory);
    write(`version=1\ncluster.id=${config.brokers.clusterId}\nnode.id=0\n`);
    writeFileSync(join(directory, 'broker-0', 'voters'), '0,1,2\n');
    await expect(start(config)).rejects.toThrow(/formed with controllers 0,1,2, and the configuration has 0: /);
    rmSync(join(directory, 'broker-0', 'voters'));
  });

  it('on a damaged log directory', async () => {
    write('not a properties file');
    await expect(start(oneBroker(directory))).rejects.toThrow(/is damaged: its meta.properties names no cluster.id/);
  });

  it('on a damaged state file', async () => {
    writeFileSync(join(directory, 'state.json'), '{ "ports": ');
    await expect(start(oneBroker(directory))).rejects.toThrow(/state\.json is damaged/);
  });

  it('on a configured port that is occupied', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const basePort = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      await expect(start(oneBroker(directory, { local: { basePort } }))).rejects.toThrow(
        new RegExp(`local.basePort = ${basePort}: another process already listens on 127.0.0.1:${basePort}`),
      );
    } finally {
      server.close();
    }
    expect(existsSync(join(directory, 'broker-0'))).toBe(false);
  });
});
