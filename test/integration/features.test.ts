import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../platform/environments';
import { applyConfig } from '../../src/components/kafka-cluster/cluster-config/apply';
import { readConfigPlan } from '../../src/components/kafka-cluster/cluster-config/read-plan';
import { verifyConfig } from '../../src/components/kafka-cluster/cluster-config/verify';
import { wantedConfig } from '../../src/components/kafka-cluster/cluster-config/wanted';
import { applyFeatures } from '../../src/components/kafka-cluster/features/apply';
import { readFeaturePlan } from '../../src/components/kafka-cluster/features/read-plan';
import { readFeatures } from '../../src/components/kafka-cluster/features/read-features';
import type { FeatureTarget } from '../../src/components/kafka-cluster/features/target';
import { silentProgress } from '../../src/console/progress';
import type { LocalPlatform } from '../../src/local/local-platform';
import { localRuntime } from '../../src/local/runtime';
import type { Platform } from '../../src/platform/load';
import { describeConfigs } from '../../src/protocol/describe-configs';
import { alterClusterConfig } from '../../src/protocol/incremental-alter-configs';
import { NODE_FEATURES } from '../../src/protocol/node-features';
import { ask } from '../../src/protocol/request';
import { discard, oneBroker, startPlatform, temporaryDirectory } from '../../tools/support/local-platform';
import { DynamicQuorum } from '../support/dynamic-quorum';
import { until } from '../support/until';
import { programOutcome, type Outcome } from '../support/program-outcome';

const directory = temporaryDirectory();
const OLDER = 29;
const NEWER = 30;

let platform: LocalPlatform;
let config: Platform;

beforeAll(async () => {
  const { clusterId } = environments.local.brokers;
  config = oneBroker(directory, { brokers: { clusterId, metadataVersion: '4.2-IV1' } });
  platform = await startPlatform(config);
});

afterAll(async () => {
  await discard(platform);
  rmSync(directory, { recursive: true });
});

/** A command about the local environment, whose metadata version is newer and whose min ISR is 2, and the broker of this test. */
const command = (...words: readonly string[]): Promise<Outcome> => {
  const bootstrap = platform.connection.bootstrapServers.join(',');
  const args = [...words, '--environment', 'local', '--bootstrap', bootstrap];
  return programOutcome(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args]);
};

const levels = async () => (await ask(platform.connection, NODE_FEATURES)).finalized;

const target = (wanted: Readonly<Record<string, number>>): FeatureTarget => ({
  connection: platform.connection,
  wanted,
});

const stepOf = async (feature: string, level: number) =>
  (await readFeaturePlan(target({ [feature]: level }))).steps.find((step) => step.feature === feature);

describe('features of a cluster that was formatted with an older metadata version', () => {
  it('are planned, with what cannot be undone, and the others are left alone', async () => {
    const { stdout, code } = await command('features', 'plan');
    expect(stdout).toMatch(/^~ change +metadata\.version {2}29 \(4\.2-IV1\) -> 30 \(4\.3-IV0\)$/m);
    expect(stdout).toMatch(/^ +cannot be undone: .*apply needs --irreversible$/m);
    expect(stdout).toMatch(/^\? unmanaged transaction\.version {2}2 \(supported: 0 to 2\); left alone/m);
    expect(stdout).toMatch(/^\? unmanaged kraft\.version {2}1 \(supported: 0 to 1\); left alone/m);
    expect(stdout).toMatch(/^1 to change, 6 unmanaged$/m);
    expect(code).toBe(0);
    expect((await levels())['metadata.version']).toBe(OLDER);
  });

  it('differ', async () => {
    const { stdout, code } = await command('features', 'verify');
    expect(stdout).toBe('metadata.version is 29 (4.2-IV1) instead of 30 (4.3-IV0)\n');
    expect(code).toBe(1);
  });

  it('are not changed without --irreversible', async () => {
    const before = await levels();
    const { stderr, code } = await command('features', 'apply');
    expect(stderr).toMatch(/cannot be undone; nothing was changed[^]*fix: add --irreversible/);
    expect(code).toBe(1);
    expect(await levels()).toEqual(before);
  });

  it.each([
    ['a name that no node knows', 'transacton.version', 2, /no node .* knows.*transaction\.version/, /share\.version/],
    [
      'a level that no node supports',
      'metadata.version',
      31,
      /broker 0 supports 7 .* to 30 \(4\.3-IV0\)/,
      /^7 .* to 30/,
    ],
    [
      'a level below that has no way down',
      'metadata.version',
      28,
      /no way down from 29/,
      /^29 \(4\.2-IV1\), or higher$/,
    ],
    ['a level without a dynamic quorum', 'kraft.version', 0, /no way down from 1/, /^1, or higher$/],
  ])('are not set to %s', async (_, feature, level, reason, allowed) => {
    const before = await levels();
    expect(await stepOf(feature, level)).toMatchObject({
      kind: 'forbidden',
      reason: expect.stringMatching(reason) as string,
      allowed: expect.stringMatching(allowed) as string,
    });
    await expect(applyFeatures({ ...target({ [feature]: level }), irreversible: true })).rejects.toThrow(/forbidden/);
    expect(await levels()).toEqual(before);
  });

  it('of which one can be lowered are lowered and raised again, without the others', async () => {
    const before = await levels();
    await applyFeatures(target({ 'transaction.version': 1 }));
    expect(await levels()).toEqual({ ...before, 'transaction.version': 1 });
    await applyFeatures(target({ 'transaction.version': 2 }));
    expect(await levels()).toEqual(before);
  });

  it('are raised with --irreversible, these and no others, and are then as configured', async () => {
    const before = await levels();
    const applied = await command('features', 'apply', '--irreversible');
    expect(applied).toMatchObject({ code: 0, stdout: 'applied and verified: 1 to change, 6 unmanaged\n' });
    expect(await levels()).toEqual({ ...before, 'metadata.version': NEWER });
    expect(await command('features', 'verify')).toMatchObject({ code: 0, stdout: 'verified: 1 features\n' });
    const again = await command('features', 'apply');
    expect(again).toMatchObject({ code: 0, stdout: 'applied and verified: 1 unchanged, 6 unmanaged\n' });
  });
});

describe('a controller of an older release', () => {
  const UNSTABLE = 31;
  const GONE = 101;
  let quorum: DynamicQuorum;
  let kill: () => Promise<void>;

  const raised = (): FeatureTarget => ({
    connection: quorum.connection,
    wanted: { 'metadata.version': UNSTABLE },
  });

  const step = async () =>
    (await readFeaturePlan(raised())).steps.find(({ feature }) => feature === 'metadata.version');

  const nodes = async (): Promise<readonly string[]> => {
    const read = await readFeatures(quorum.connection).catch(() => undefined);
    return read?.nodes.map(({ name }) => name) ?? [];
  };

  beforeAll(async () => {
    quorum = await DynamicQuorum.start(await localRuntime(config, silentProgress), join(directory, 'dynamic'));
    kill = await quorum.startController(GONE);
  });

  afterAll(() => quorum.stop());

  it('is named, with the levels that it supports', async () => {
    // Both register after their start, in any order.
    await until(async () => (await nodes()).join() === `broker 100,controller ${GONE}`);
    expect(await step()).toMatchObject({
      kind: 'forbidden',
      reason: `not every node supports level 31 (4.4-IV0): controller ${GONE} supports 7 (3.3-IV3) to 30 (4.3-IV0)`,
    });
  });

  it('blocks a higher level also once it is gone; the message names it and the way out', async () => {
    await kill();
    expect(await step()).toMatchObject({
      kind: 'forbidden',
      reason: expect.stringMatching(`ontroller ${GONE} only supports versions 7-30`) as string,
      allowed: '7 to 30',
      fix: expect.stringMatching(`^start controller ${GONE} once more[^]*4\\.4-IV2`) as string,
    });
    expect((await readFeaturePlan(raised())).notAsked).toMatchObject([
      expect.stringMatching(`^controller ${GONE} \\(127\\.0\\.0\\.1:`),
    ]);
    await expect(applyFeatures({ ...raised(), irreversible: true })).rejects.toThrow(/nothing was changed/);
  });
});

describe('settings of a running cluster', () => {
  const OTHER = 'follower.fetch.last.tiered.offset.enable';

  const dynamic = async () => {
    const [resource] = await ask(platform.connection, describeConfigs({ resource: 'broker', names: [''] }));
    return Object.fromEntries((resource?.entries ?? []).map(({ name, value }) => [name, value]));
  };

  /** The controller answers before the broker has read the change. */
  const set = async (values: Readonly<Record<string, string>>): Promise<void> => {
    await alterClusterConfig(platform.connection, { set: values }, { validateOnly: false, timeoutMs: 10_000 });
    await until(async () => {
      const now = await dynamic();
      return Object.entries(values).every(([name, value]) => now[name] === value);
    });
  };

  it('are as configured once it is formatted, the min ISR as a value of the cluster', async () => {
    expect(await verifyConfig({ connection: platform.connection, wanted: wantedConfig(config) })).toEqual([]);
    expect(await dynamic()).toEqual({ 'min.insync.replicas': '1' });
  });

  it('with another min ISR than the configuration are found, corrected and verified; others are left alone', async () => {
    await set({ [OTHER]: 'true' });
    const planned = await command('cluster-config', 'plan');
    expect(planned.stdout).toMatch(
      /^~ change +min\.insync\.replicas {2}1 -> 2\n +clears the eligible leader replicas/m,
    );
    expect(planned.stdout).toMatch(/^\? unmanaged follower\.fetch.* {2}true \(all brokers\): set by somebody else/m);
    expect(planned.code).toBe(0);
    expect(await command('cluster-config', 'verify')).toMatchObject({
      code: 1,
      stdout: 'min.insync.replicas is 1 (set at run time for all brokers) instead of 2\n',
    });
    expect((await dynamic())['min.insync.replicas']).toBe('1');
    const applied = await command('cluster-config', 'apply');
    expect(applied).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^applied and verified: 1 to change/) as string,
    });
    expect(await dynamic()).toEqual({ 'min.insync.replicas': '2', [OTHER]: 'true' });
    expect(await command('cluster-config', 'verify')).toMatchObject({ code: 0 });
  });

  it('that were set on all brokers are removed, so that the configuration decides again', async () => {
    const wanted = wantedConfig(config);
    await applyConfig({ connection: platform.connection, wanted });
    await set({ 'num.io.threads': '9', 'log.retention.ms': '-1' });
    const plan = await readConfigPlan({ connection: platform.connection, wanted });
    expect(plan.filter(({ kind }) => kind !== 'unchanged' && kind !== 'unmanaged')).toMatchObject([
      { kind: 'forbidden', setting: 'log.retention.ms' },
      { kind: 'change', setting: 'num.io.threads', before: '9', by: 'remove' },
    ]);
    await expect(applyConfig({ connection: platform.connection, wanted })).rejects.toThrow(/--allow-data-loss/);
    await applyConfig({ connection: platform.connection, wanted, allowDataLoss: true });
    expect(await dynamic()).toEqual({ 'min.insync.replicas': '1', [OTHER]: 'true' });
    expect(await verifyConfig({ connection: platform.connection, wanted })).toEqual([]);
  });
});
