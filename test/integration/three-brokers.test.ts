import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentProgress } from '../../src/console/progress';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { readinessScript } from '../../src/render/readiness-script';
import { smokeTest } from '../../src/smoke/smoke-test';
import { applyTopics } from '../../src/topics/apply';
import { quietKafka, withAdmin } from '../../src/client/quiet-kafka';
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
  it('passes every check, stops and heals brokers', async () => {
    const verdict = await smokeTest({
      config,
      bootstrap: platform.bootstrap,
      progress: silentProgress,
      control: platform,
    });
    expect(verdict.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('fails when a topic is not as the catalogue says, and only there', async () => {
    await withAdmin(quietKafka(platform.bootstrap), (admin) => admin.deleteTopics({ topics: ['orders'] }));
    const verdict = await smokeTest({ config, bootstrap: platform.bootstrap, progress: silentProgress });
    expect(verdict).toMatchObject({ ok: false });
    expect(verdict.checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual(['catalogue']);
    await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
  });

  it('fails against a cluster with another id', async () => {
    const other = { ...config, brokers: { ...config.brokers, quorum: { ...config.brokers.quorum, clusterId: 'x' } } };
    const verdict = await smokeTest({ config: other, bootstrap: platform.bootstrap, progress: silentProgress });
    expect(verdict.checks.find(({ name }) => name === 'brokers')).toMatchObject({ status: 'failed' });
  });
});

describe('npm run topics', () => {
  const topics = (...args: readonly string[]): string =>
    execFileSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/topics.ts', ...args, '--bootstrap', platform.bootstrap.join(',')],
      {
        encoding: 'utf8',
      },
    );

  it('verifies what was applied, and plans nothing', () => {
    expect(topics('verify')).toMatch(/verified/i);
    expect(topics('plan')).toMatch(/nothing to do|unchanged/i);
  });
});
