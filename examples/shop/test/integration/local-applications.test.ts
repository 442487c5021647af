import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { environments } from '../../../../platform/environments';
import { silentProgress } from '../../../../src/console/progress';
import { startLocally, type Local } from '../../../../src/local/start-locally';
import { StateDirectory, runningState } from '../../../../src/local/state';
import { applySchemas } from '../../../../src/components/schemas/apply';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { registryClient } from '../../../../src/registry-client/registry-client';
import { untilRegistryAnswers } from '../../../../src/components/schemas/until-registry-answers';
import { applyTopics } from '../../../../src/components/topics/apply';
import { oneBroker, temporaryDirectory } from '../../../../tools/support/local-platform';
import { until, WITHIN_MS } from '../../../../test/support/until';
import { applications } from '../../applications';
import { schemas } from '../../schemas';

const path = temporaryDirectory();
const config = oneBroker(path, {
  security: { mode: 'tls' },
  topics: [...environments.local.topics],
  applications: {
    'order-service': applications['order-service'],
    email: applications.email,
    payment: { ...applications.payment, replicas: 0 },
  },
});
const RUN = ['order-service', 'email'] as const;
const directory = new StateDirectory(config);
const subjects = loadSubjects(schemas);
const lines: string[] = [];
let local: Local;

beforeAll(async () => {
  const progress = { ...silentProgress, line: (line: string) => void lines.push(line) };
  local = await startLocally({ config, subjects, progress, onCrash: (error) => lines.push(error.message) });
});

afterAll(async () => {
  await local.stop();
  rmSync(path, { recursive: true });
});

const TOLD = { withinMs: WITHIN_MS, otherwise: () => lines.join('\n') };

const waiting = (): readonly (string | undefined)[] =>
  RUN.map((name) => runningState(directory)?.services?.[name]?.waitsFor);

const started = (): boolean => RUN.every((name) => existsSync(directory.serviceLog(name)));

describe('applications of a local platform', () => {
  it('are not started with the other local processes, and not listed before', () => {
    expect(local.services.applications?.running).toEqual([]);
    expect(RUN.map((name) => runningState(directory)?.services?.[name])).toEqual([undefined, undefined]);
    expect(local.services.targets.map(({ job }) => job)).not.toContain('clients');
  });

  it('wait for missing topics and schemas, which the state lists', async () => {
    local.services.applications?.start();
    await until(() => waiting().every((one) => one === 'topics and schemas'), TOLD);
    await applyTopics({ connection: local.platform.connection, topics: config.topics });
    await until(() => waiting().every((one) => one === 'schemas'), TOLD);
    await delay(3_000);
    expect(started()).toBe(false);
  });

  it('start by themselves once all is applied, only selected ones, and are scraped by Prometheus', async () => {
    const registry = registryClient({ url: local.services.url('registry') ?? '' });
    await untilRegistryAnswers({ registry, withinMs: WITHIN_MS });
    await applySchemas({ registry, subjects });
    await until(started, TOLD);
    expect(local.services.applications?.running.map(({ name }) => name)).toEqual([...RUN]);
    expect(existsSync(directory.serviceLog('payment'))).toBe(false);
    const [clients] = local.services.targets.filter(({ job }) => job === 'clients');
    expect(clients?.targets).toHaveLength(RUN.length);
  });

  it('work as users of their own names, as the registry does, and are denied nothing', async () => {
    await local.services.applications?.untilReady(() => undefined);
    const log = readFileSync(directory.log(0), 'utf8');
    expect(log.split('\n').filter((line) => line.includes('is Denied'))).toEqual([]);
  });
});
