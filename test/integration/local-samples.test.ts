import { existsSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { environments } from '../../src/config/environments';
import { silentProgress } from '../../src/console/progress';
import { startLocally, type Local } from '../../src/embedded/start-locally';
import { StateDirectory, runningState } from '../../src/embedded/state';
import { applySchemas } from '../../src/schemas/apply';
import { loadSubjects } from '../../src/schemas/load';
import { registryClient } from '../../src/schemas/registry-client';
import { untilRegistryAnswers } from '../../src/schemas/until-registry-answers';
import { applyTopics } from '../../src/topics/apply';
import { oneBroker, temporaryDirectory } from '../support/local-platform';
import { until } from '../support/until';

const WITHIN_MS = 90_000;
const LEFT_OUT = { replicas: 0 };

const path = temporaryDirectory();
const config = oneBroker(path, {
  topics: [...environments.local.topics],
  samples: {
    enabled: true,
    pageViewGenerator: LEFT_OUT,
    inventory: LEFT_OUT,
    payment: LEFT_OUT,
    analytics: LEFT_OUT,
    ordersV1Reader: LEFT_OUT,
  },
});
const RUN = ['order-service', 'email'] as const;
const directory = new StateDirectory(config);
const lines: string[] = [];
let local: Local;

beforeAll(async () => {
  const progress = { ...silentProgress, line: (line: string) => void lines.push(line) };
  local = await startLocally({ config, progress, onCrash: (error) => lines.push(error.message) });
});

afterAll(async () => {
  await local.stop();
  rmSync(path, { recursive: true });
});

const TOLD = { withinMs: WITHIN_MS, otherwise: () => lines.join('\n') };

const waiting = (): readonly (string | undefined)[] =>
  RUN.map((name) => runningState(directory)?.services?.[name]?.waitsFor);

const started = (): boolean => RUN.every((name) => existsSync(directory.serviceLog(name)));

describe('samples of a local platform', () => {
  it('are not started with what stands around the brokers, nor known before', () => {
    expect(local.services.samples?.running).toEqual([]);
    expect(RUN.map((name) => runningState(directory)?.services?.[name])).toEqual([undefined, undefined]);
    expect(local.services.targets.map(({ job }) => job)).not.toContain('clients');
  });

  it('wait for what nobody has applied yet, and the state says for what', async () => {
    local.services.samples?.start();
    await until(() => waiting().every((one) => one === 'topics and schemas'), TOLD);
    await applyTopics({ bootstrap: local.platform.bootstrap, topics: config.topics });
    await until(() => waiting().every((one) => one === 'schemas'), TOLD);
    await delay(3_000);
    expect(started()).toBe(false);
  });

  it('start by themselves once all is applied, those alone that are wanted, and Prometheus scrapes them', async () => {
    const registry = registryClient({ url: local.services.url('registry') ?? '' });
    await untilRegistryAnswers({ registry, withinMs: WITHIN_MS });
    await applySchemas({ registry, subjects: loadSubjects() });
    await until(started, TOLD);
    expect(local.services.samples?.running.map(({ name }) => name)).toEqual([...RUN]);
    expect(existsSync(directory.serviceLog('payment'))).toBe(false);
    const [clients] = local.services.targets.filter(({ job }) => job === 'clients');
    expect(clients?.targets).toHaveLength(RUN.length);
  });
});
