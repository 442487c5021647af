import { rejectedSteps } from '../../../../../src/components/kafka-cluster/features/explain-rejection';
import { formatFeaturePlan } from '../../../../../src/components/kafka-cluster/features/format-plan';
import {
  planFeatures,
  type FeaturePlanInput,
  type FeatureStep,
  type LiveNode,
} from '../../../../../src/components/kafka-cluster/features/plan';
import { featureTarget } from '../../../../../src/components/kafka-cluster/features/target';
import { loadConfig } from '../../../../../tools/support/environments';

const node = (name: string, override: LiveNode['supported'] = {}): LiveNode => ({
  name,
  supported: {
    'metadata.version': { min: 7, max: 30 },
    'kraft.version': { min: 0, max: 1 },
    'transaction.version': { min: 0, max: 2 },
    ...override,
  },
});

const plan = (
  wanted: FeaturePlanInput['wanted'],
  { nodes = [node('broker 0')] }: { readonly nodes?: readonly LiveNode[] } = {},
): readonly FeatureStep[] =>
  planFeatures({ wanted, live: { finalized: { 'metadata.version': 29, 'transaction.version': 2 }, nodes } });

const stepOf = (steps: readonly FeatureStep[], name: string) => steps.find(({ feature }) => feature === name);

describe('a plan of features', () => {
  it('changes only what is named, and shows the levels of all others', () => {
    expect(plan({ 'transaction.version': 2 })).toEqual([
      { kind: 'unmanaged', feature: 'kraft.version', level: 0, supported: { min: 0, max: 1 } },
      { kind: 'unmanaged', feature: 'metadata.version', level: 29, supported: { min: 7, max: 30 } },
      { kind: 'unchanged', feature: 'transaction.version', level: 2, supported: { min: 0, max: 2 } },
    ]);
  });

  it('says of a metadata version that it cannot be undone, and of other features nothing', () => {
    const steps = plan({ 'metadata.version': 30, 'transaction.version': 1 });
    expect(stepOf(steps, 'metadata.version')).toMatchObject({
      kind: 'change',
      irreversible: expect.any(String) as string,
    });
    expect(stepOf(steps, 'transaction.version')).toEqual({
      kind: 'change',
      feature: 'transaction.version',
      before: 2,
      after: 1,
    });
  });

  it('refuses a level that one of the nodes does not support, and names it', () => {
    const nodes = [node('broker 0'), node('controller 101', { 'metadata.version': { min: 7, max: 29 } })];
    const step = stepOf(plan({ 'metadata.version': 30 }, { nodes }), 'metadata.version');
    expect(step).toMatchObject({ kind: 'forbidden', allowed: '7 (3.3-IV3) to 29 (4.2-IV1)' });
    expect(step).toHaveProperty('reason', expect.stringContaining('controller 101 supports 7'));
    expect(step).toHaveProperty('reason', expect.not.stringContaining('broker 0'));
  });

  it('refuses a feature that one of the nodes does not know', () => {
    const nodes = [node('broker 0', { 'share.version': { min: 0, max: 1 } }), node('broker 1')];
    const step = stepOf(plan({ 'share.version': 1 }, { nodes }), 'share.version');
    expect(step).toMatchObject({ kind: 'forbidden', allowed: '0' });
  });

  it('refuses a name that no node knows, with the nearest', () => {
    const step = stepOf(plan({ 'transacton.version': 1 }), 'transacton.version');
    expect(step).toMatchObject({
      kind: 'forbidden',
      reason: 'no node of the cluster knows this feature; the nearest is transaction.version',
      allowed: 'kraft.version, metadata.version, transaction.version',
    });
  });

  it('refuses to lower the metadata version', () => {
    expect(stepOf(plan({ 'metadata.version': 28 }), 'metadata.version')).toMatchObject({
      kind: 'forbidden',
      allowed: '29 (4.2-IV1), or higher',
    });
  });

  it('says of kraft.version that it cannot be undone', () => {
    expect(stepOf(plan({ 'kraft.version': 1 }), 'kraft.version')).toMatchObject({
      kind: 'change',
      irreversible: expect.any(String) as string,
    });
  });

  it('has a text with each step, what is allowed, and the nodes that were not asked', () => {
    const steps = plan({ 'metadata.version': 30, 'kraft.version': 2 });
    const text = formatFeaturePlan({ steps, notAsked: ['broker 1 (kafka-1:9092)'] });
    expect(text.split('\n')).toEqual([
      '! forbidden kraft.version  0 -> 2',
      expect.stringMatching(/^ {6}not every node supports level 2: broker 0 supports 0 to 1/) as string,
      '      allowed: 0 to 1',
      expect.stringMatching(
        /^ {6}fix: {5}set brokers\.features\['kraft\.version'\] to a level that is allowed/,
      ) as string,
      '~ change    metadata.version  29 (4.2-IV1) -> 30 (4.3-IV0)',
      expect.stringMatching(/^ {6}cannot be undone: .*; apply needs --irreversible$/) as string,
      "? unmanaged transaction.version  2 (supported: 0 to 2); left alone, as brokers.features['transaction.version'] is not set",
      '1 to change, 1 forbidden, 1 unmanaged',
      'not asked: broker 1 (kafka-1:9092); the active controller checks the registrations of these nodes before a change',
    ]);
  });
});

describe('a plan that the active controller rejects', () => {
  const MESSAGE =
    'Invalid update version 30 for feature metadata.version. Controller 101 only supports versions 7-29 (INVALID_UPDATE_VERSION)';
  const steps = plan({ 'metadata.version': 30, 'transaction.version': 1 });
  const rejected = (gone: readonly number[]) => rejectedSteps(steps, MESSAGE, gone);

  it('is forbidden where the message says so', () => {
    expect(rejected([]).map(({ feature, kind }) => [feature, kind])).toEqual([
      ['kraft.version', 'unmanaged'],
      ['metadata.version', 'forbidden'],
      ['transaction.version', 'change'],
    ]);
    expect(stepOf(rejected([]), 'metadata.version')).toMatchObject({ allowed: '7 to 29' });
  });

  it('names the controller, and the way out if it is gone', () => {
    expect(stepOf(rejected([101]), 'metadata.version')).toMatchObject({
      fix: expect.stringMatching(/^start controller 101 once more/) as string,
    });
    expect(stepOf(rejected([]), 'metadata.version')).toMatchObject({
      fix: expect.stringMatching(/^bring controller 101 to the release/) as string,
    });
  });

  it('is forbidden as a whole if the message names no feature', () => {
    const all = rejectedSteps(steps, 'the controller is not available', []);
    expect(all.filter(({ kind }) => kind === 'forbidden')).toHaveLength(2);
  });
});

it('the levels of a configuration are its metadata version and the features that it names', () => {
  const { brokers } = loadConfig('production');
  const connection = { bootstrapServers: [], clientId: 'test' };
  const target = featureTarget({ brokers: { ...brokers, features: { 'group.version': 0 } } }, connection);
  expect(target).toMatchObject({ wanted: { 'metadata.version': 30, 'group.version': 0 } });
});
