import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentProgress } from '../../src/console/progress';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { readinessScript } from '../../src/render/readiness-script';
import { smokeTest } from '../../src/smoke/smoke-test';
import { applyTopics } from '../../src/topics/apply';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
import type { Topic } from '../../src/config/topics';
import { hours, milliseconds } from '../../src/config/units';
import { liveTopics } from '../../src/topics/live-topics';
import { readPlan } from '../../src/topics/read-plan';
import { incrementalAlterConfigs } from '../../src/wire/incremental-alter-configs';
import { startPlatform, temporaryDirectory, threeBrokers } from '../support/local-platform';

const directory = temporaryDirectory();
const config = threeBrokers(directory);
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await startPlatform(config);
  await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
});

afterAll(async () => {
  await platform.stop();
  rmSync(directory, { recursive: true });
});

describe('the readiness script', () => {
  const script = join(directory, 'ready.sh');
  const propertiesOf = (nodeId: number): string => join(directory, `broker-${nodeId}`, 'broker.properties');
  const run = (properties: string) =>
    spawnSync('bash', [script], { encoding: 'utf8', env: { ...process.env, BROKER_PROPERTIES: properties } });

  beforeAll(() => writeFileSync(script, readinessScript({ config: directory })));

  it.each([0, 1, 2])('finds broker %i ready', (nodeId) => {
    expect(run(propertiesOf(nodeId))).toMatchObject({ status: 0 });
  });

  it('does not take a node for ready that its own broker does not count among the living', () => {
    const other = join(directory, 'other.properties');
    writeFileSync(other, readFileSync(propertiesOf(0), 'utf8').replace('node.id=0', 'node.id=77'));
    expect(run(other)).toMatchObject({ status: 1, stdout: expect.stringContaining('node 77 is fenced') as string });
  });
});

describe('the smoke test', () => {
  it('passes every check of the brokers, stops and heals them, and skips what does not run', async () => {
    const verdict = await smokeTest({
      config,
      bootstrap: platform.bootstrap,
      progress: silentProgress,
      control: platform,
    });
    const others = verdict.checks.filter(({ status }) => status !== 'passed');
    expect(others.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'registry topics skipped',
      'schemas skipped',
      'ui skipped',
      'prometheus skipped',
    ]);
  });

  it('fails when a topic is not as the catalogue says, and only there', async () => {
    await withAdmin(quietKafka(platform.bootstrap), (admin) => admin.deleteTopics({ topics: ['orders'] }));
    const verdict = await smokeTest({
      config,
      bootstrap: platform.bootstrap,
      progress: silentProgress,
      settleMs: 1_000,
    });
    expect(verdict).toMatchObject({ ok: false });
    expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual(['catalogue']);
    await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
  });

  it('fails against a cluster with another id', async () => {
    const other = { ...config, brokers: { ...config.brokers, quorum: { ...config.brokers.quorum, clusterId: 'x' } } };
    const verdict = await smokeTest({
      config: other,
      bootstrap: platform.bootstrap,
      progress: silentProgress,
      settleMs: 1_000,
    });
    expect(verdict.checks.find(({ name }) => name === 'brokers')).toMatchObject({ status: 'failed' });
  });
});

describe('topics', () => {
  const [orders, ...others] = config.topics;
  if (orders === undefined) throw new Error('the catalogue is empty');
  const target = (override: Partial<Topic>) => ({
    bootstrap: platform.bootstrap,
    topics: [{ ...orders, ...override }, ...others],
  });
  const kinds = async (override: Partial<Topic>): Promise<readonly string[]> =>
    (await readPlan(target(override))).filter(({ kind }) => kind !== 'unchanged').map(({ kind }) => kind);

  it('that are as they should be are left alone', async () => {
    expect(await kinds({})).toEqual([]);
    expect((await applyTopics(target({}))).summary).toBe(`${config.topics.length} unchanged`);
  });

  it('change where they differ, and keep settings that the catalogue does not manage', async () => {
    const bootstrap = platform.bootstrap;
    const unmanaged = { topic: 'orders', set: { 'max.message.bytes': '123456' } };
    expect(await incrementalAlterConfigs(bootstrap, [unmanaged], { validateOnly: false })).toEqual([]);
    await applyTopics(target({ retentionMs: hours(3) }));
    const all = await liveTopics(bootstrap, ['max.message.bytes', 'retention.ms']);
    expect(all.find(({ name }) => name === 'orders')?.settings).toEqual({
      'max.message.bytes': { value: '123456', onTopic: true },
      'retention.ms': { value: '10800000', onTopic: true },
    });
    await applyTopics(target({}));
  });

  it('with anything forbidden are not changed at all', async () => {
    const forbidden = target({ partitions: orders.partitions - 1 });
    const alsoNew = { ...forbidden, topics: [...forbidden.topics, { ...orders, name: 'brand-new' }] };
    await expect(applyTopics(alsoNew)).rejects.toThrow(
      /nothing was changed[\s\S]*partitions: 6 -> 5: Kafka cannot take partitions away/,
    );
    expect(await withAdmin(quietKafka(platform.bootstrap), (admin) => admin.listTopics())).not.toContain('brand-new');
  });

  it('that the brokers refuse are not changed at all', async () => {
    const refused = target({ retentionMs: milliseconds(-5) });
    const alsoNew = { ...refused, topics: [{ ...orders, name: 'brand-new' }, ...refused.topics] };
    await expect(applyTopics(alsoNew)).rejects.toThrow(
      /The brokers refuse the plan; nothing was changed[\s\S]*retention\.ms/,
    );
    expect(await withAdmin(quietKafka(platform.bootstrap), (admin) => admin.listTopics())).not.toContain('brand-new');
  });

  it('with keys grow only when they are named, and other topics go only when they are', async () => {
    const extra = { ...orders, name: 'extra', partitions: 1 };
    const bootstrap = platform.bootstrap;
    await applyTopics({ bootstrap, topics: [...config.topics, extra] });
    const grown = { bootstrap, topics: [...config.topics, { ...extra, partitions: 2 }] };
    await expect(applyTopics(grown)).rejects.toThrow(/--allow-partition-growth extra/);
    await applyTopics({ ...grown, allow: { partitionGrowth: ['extra'], delete: [] } });
    expect(await kinds({})).toEqual(['unmanaged']);
    await applyTopics({ bootstrap, topics: config.topics, allow: { partitionGrowth: [], delete: ['extra'] } });
    expect(await kinds({})).toEqual([]);
  });

  it('are planned, verified and printed as JSON by npm run topics', () => {
    const run = (...args: readonly string[]): string =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', 'scripts/topics.ts', ...args, '--bootstrap', platform.bootstrap.join(',')],
        {
          encoding: 'utf8',
        },
      );
    expect(run('verify')).toBe(`verified: ${config.topics.length} topics\n`);
    expect(JSON.parse(run('plan', '--json'))).toContainEqual({ kind: 'unchanged', topic: 'orders' });
  });
});
