import { formatConfigPlan } from '../../../../../src/components/kafka-cluster/cluster-config/format-plan';
import {
  planConfig,
  type ConfigStep,
  type LiveBroker,
  type LiveConfig,
} from '../../../../../src/components/kafka-cluster/cluster-config/plan';
import { wantedConfig, type WantedConfig } from '../../../../../src/components/kafka-cluster/cluster-config/wanted';
import { loadConfig } from '../../../../../tools/support/environments';

const WANTED: WantedConfig = {
  settings: {
    'min.insync.replicas': { value: '2', type: 'int' },
    'num.io.threads': { value: '8', type: 'int' },
    'log.retention.ms': { value: '604800000', type: 'long' },
  },
  named: new Set(['min.insync.replicas', 'num.io.threads', 'log.retention.ms', 'process.roles']),
};

const broker = (id: number, values: LiveBroker['values'] = {}): LiveBroker => ({ name: `broker ${id}`, id, values });

const plan = (live: Partial<LiveConfig>, allowDataLoss = false): readonly ConfigStep[] =>
  planConfig({ wanted: WANTED, live: { dynamic: {}, brokers: [], hasElr: true, ...live }, allowDataLoss });

const changesOf = (steps: readonly ConfigStep[]) => steps.filter(({ kind }) => kind !== 'unchanged');

describe('a plan of the settings of a cluster', () => {
  it('changes nothing where values mean the same', () => {
    expect(changesOf(plan({ dynamic: { 'min.insync.replicas': '2', 'num.io.threads': ' 8' } }))).toEqual([]);
  });

  it('sets the min ISR of a cluster with ELR, and says what that clears', () => {
    const steps = changesOf(plan({ dynamic: { 'min.insync.replicas': '1' } }));
    expect(steps).toMatchObject([{ kind: 'change', by: 'set', before: '1', after: '2' }]);
    expect(formatConfigPlan(steps)).toMatch(/^~ change +min\.insync\.replicas {2}1 -> 2\n +clears the eligible leader/);
  });

  it('removes every other value that wins over the files', () => {
    expect(changesOf(plan({ dynamic: { 'num.io.threads': '9' } }))).toMatchObject([{ kind: 'change', by: 'remove' }]);
    expect(changesOf(plan({ dynamic: { 'min.insync.replicas': '1' }, hasElr: false }))).toMatchObject([
      { kind: 'change', by: 'remove' },
    ]);
  });

  it('deletes records only if that is allowed', () => {
    const live = { dynamic: { 'log.retention.ms': '-1' } };
    expect(changesOf(plan(live))).toMatchObject([{ kind: 'forbidden', setting: 'log.retention.ms' }]);
    expect(changesOf(plan(live, true))).toMatchObject([{ kind: 'change', by: 'remove' }]);
    expect(changesOf(plan({ dynamic: { 'log.retention.ms': '1000' } }))).toMatchObject([{ kind: 'change' }]);
  });

  it('lists what the configuration says nothing about, and leaves it alone', () => {
    const brokers = [broker(1, { 'log.cleaner.threads': { value: '2', source: 'broker' } })];
    expect(changesOf(plan({ dynamic: { 'message.max.bytes': '9', secret: null }, brokers }))).toEqual([
      { kind: 'unmanaged', setting: 'log.cleaner.threads', value: '2', where: 'broker 1' },
      { kind: 'unmanaged', setting: 'message.max.bytes', value: '9', where: 'all brokers' },
      { kind: 'unmanaged', setting: 'secret', value: '(secret)', where: 'all brokers' },
    ]);
  });

  it('tells of a broker with a value of its own, and of one that does not run with its configuration', () => {
    const brokers = [
      broker(0, { 'num.io.threads': { value: '4', source: 'broker' } }),
      broker(1, { 'num.io.threads': { value: '5', source: 'static' } }),
      broker(2, { 'num.io.threads': { value: '8', source: 'static' } }),
    ];
    expect(changesOf(plan({ brokers }))).toMatchObject([
      {
        kind: 'differing',
        before: '4',
        fix: 'kafka-configs.sh --alter --entity-type brokers --entity-name 0 --delete-config num.io.threads',
      },
      { kind: 'differing', before: '5', fix: 'restart the brokers with it (npm run deploy)' },
    ]);
  });
});

it('the settings of a configuration are those that Kafka changes for all brokers at once', () => {
  const { settings, named } = wantedConfig(loadConfig('production'));
  expect(settings).toMatchObject({ 'min.insync.replicas': { value: '2', type: 'int' } });
  expect(Object.keys(settings)).toEqual(expect.arrayContaining(['num.io.threads', 'log.retention.ms']));
  for (const name of ['node.id', 'listeners', 'default.replication.factor']) {
    expect(settings).not.toHaveProperty([name]);
    expect(named.has(name)).toBe(true);
  }
});
