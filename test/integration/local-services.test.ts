import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { silentProgress } from '../../src/console/progress';
import { ended, identify, isRunning, signal } from '../../src/processes/processes';
import { runningRegistry, runningServices } from '../../src/local/running';
import { startLocally, type Local } from '../../src/local/start-locally';
import type { ServiceName } from '../../src/platform/local-service-ports';
import { prometheusClient } from '../../src/components/prometheus/client';
import { applySchemas } from '../../src/components/schemas/apply';
import { loadSubjects } from '../../src/components/schemas/load';
import { registryClient, type RegistryClient } from '../../src/registry-client/registry-client';
import { untilRegistryAnswers } from '../../src/components/schemas/until-registry-answers';
import { verifySchemas } from '../../src/components/schemas/verify';
import { oneBroker, temporaryDirectory } from '../../tools/support/local-platform';
import { until, WITHIN_MS } from '../support/until';
import { schemas } from '../../examples/catalogue/schemas';

/** The watchdog kills what has not ended after 12 s, on a busy machine later. */
const STOP_WITHIN_MS = 60_000;

const itWithPrometheus = spawnSync('prometheus', ['--version']).status === 0 ? it : it.skip;

const directory = temporaryDirectory();
const config = oneBroker(directory);
const subjects = loadSubjects(schemas);
const lines: string[] = [];
let local: Local;
let registry: RegistryClient;

beforeAll(async () => {
  const progress = { ...silentProgress, line: (line: string) => void lines.push(line) };
  local = await startLocally({ config, progress, onCrash: (error) => lines.push(error.message) });
  registry = registryClient({ url: local.services.url('registry') ?? '' });
  await answering();
  await applySchemas({ registry, subjects });
});

afterAll(async () => {
  await local.stop();
  rmSync(directory, { recursive: true });
});

const answering = (): Promise<void> => untilRegistryAnswers({ registry, withinMs: WITHIN_MS });

/** What the lag exporter tells of the only broker. */
const ONE_BROKER = 'kafka_brokers 1\n';

const TOLD = { withinMs: WITHIN_MS, otherwise: () => lines.join('\n') };

/** Kills the process of a service and waits until another one answers. */
async function kill(name: ServiceName): Promise<void> {
  const pid = local.services.pid(name) ?? 0;
  lines.length = 0;
  signal(pid, 'SIGKILL');
  await until(() => ![undefined, pid].includes(local.services.pid(name)), TOLD);
}

describe('the registry of a local platform', () => {
  it('is found by commands through the state', () => {
    expect(runningRegistry(config)).toBe(local.services.url('registry'));
    expect(runningServices(config)).toMatchObject({ registry: local.services.url('registry') });
  });

  it('is restarted with its schemas after a kill, and one line reports it', async () => {
    await kill('registry');
    await answering();
    expect(await verifySchemas({ registry, subjects })).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/^The schema registry has ended \(signal SIGKILL\)/)]);
  });

  it('outlives a restart of every broker', async () => {
    const pid = local.services.pid('registry');
    await local.platform.stopBroker(0);
    await local.platform.startBroker(0);
    const written = (): Promise<boolean> =>
      registry.register('after-the-restart-value', 'string').then(
        () => true,
        () => false,
      );
    await until(written, TOLD);
    await registry.remove('after-the-restart-value');
    expect(await verifySchemas({ registry, subjects })).toEqual([]);
    expect(local.services.pid('registry')).toBe(pid);
  });

  it('is not started before the brokers answer, and then has its schemas', async () => {
    await local.platform.stopBroker(0);
    signal(local.services.pid('registry') ?? 0, 'SIGKILL');
    await delay(4_000);
    expect(local.services.pid('registry')).toBeUndefined();
    await local.platform.startBroker(0);
    await answering();
    expect(await verifySchemas({ registry, subjects })).toEqual([]);
  });
});

describe('the local processes other than brokers', () => {
  it('report the lag of consumers and the status', async () => {
    // A reading of the time without brokers may still be served.
    await until(async () =>
      (await (await fetch(local.services.url('lag-exporter') ?? '')).text()).includes(ONE_BROKER),
    );
    const status = await fetch(`${local.services.url('status') ?? ''}healthz`);
    expect(status.ok).toBe(true);
  });

  itWithPrometheus('are scraped by a Prometheus that is restarted after a kill', async () => {
    const url = local.services.url('prometheus') ?? '';
    const targets = () => prometheusClient(url).targets();
    await kill('prometheus');
    await until(
      async () => (await targets().catch(() => [])).filter(({ health }) => health === 'up').length === 4,
      TOLD,
    );
    expect((await targets()).map(({ job }) => job).sort()).toEqual(['kafka', 'lag-exporter', 'prometheus', 'registry']);
    expect(lines).toEqual([expect.stringMatching(/^Prometheus has ended \(signal SIGKILL\)/)]);
  });
});

it('all processes end when the platform is killed', async () => {
  const own = temporaryDirectory();
  const parent = spawn(process.execPath, ['--import', 'tsx', 'test/support/run-services.ts', own]);
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  const pids = output.toString().replace('processes ', '').trim().split(' ').map(Number);
  const all = pids.map(identify);
  expect(all.map(isRunning)).toEqual(all.map(() => true));
  parent.kill('SIGKILL');
  expect(await Promise.all(all.map((one) => ended(one, STOP_WITHIN_MS)))).toEqual(all.map(() => true));
  rmSync(own, { recursive: true });
});
