import { environments } from '../../../src/config/environments';
import { loadConfig, parseConfig } from '../../../src/config/load';
import { SAMPLE_SETTINGS, topicsOf } from '../../../src/config/samples';
import { mebibytes, seconds } from '../../../src/config/units';
import { problemsOf } from '../../support/config';
import { itRefuses, type Row } from '../../support/refusals';

const enabled = { 'samples/enabled': true };

const ROWS: readonly Row[] = [
  [
    'without a registry',
    { ...enabled, 'registry/provider': 'none' },
    'samples.enabled',
    /read the schemas .* from a registry/,
  ],
  [
    'without a topic that they write',
    enabled,
    'samples.payment.replicas',
    /payment .* not there: payments, orders-paid, revenue, orders\.payment\.dlq/,
  ],
  ['without a topic that they read', enabled, 'samples.analytics.replicas', /analytics .* page-views,/],
  [
    'with more members than a group has partitions to share',
    { ...enabled, 'samples/ordersV1Reader/replicas': 7 },
    'samples.ordersV1Reader.replicas',
    /6 partitions of orders: 1 of 7 replicas would have none 0 to 6/,
  ],
  ['with too little memory for Node', { 'samples/memory': mebibytes(32) }, 'samples.memory', /96 MiB/],
  ['that must be gone at once', { 'samples/shutdownMs': seconds(0) }, 'samples.shutdownMs', /1 s/],
  [
    'that write nothing',
    { 'samples/orderService/eventsPerSecond': 0 },
    'samples.orderService.eventsPerSecond',
    /from 1/,
  ],
  [
    'that read at a rate of their own',
    { 'samples/email/eventsPerSecond': 5 },
    'samples.email.eventsPerSecond',
    /no such setting replicas/,
  ],
];

describe('the configuration refuses samples', () => itRefuses(ROWS));

describe('samples', () => {
  const kindWithSamples = (samples: object): unknown => ({ ...environments.kind, samples });

  it('are left out where they are not asked for, and need nothing then', () => {
    const config = parseConfig({ ...environments.kind, topics: [], registry: { provider: 'none' }, samples: {} });
    expect(config.samples.enabled).toBe(false);
  });

  it.each(['kind', 'local'] as const)('run in %s, one of each', (environment) => {
    const { samples } = loadConfig(environment);
    expect(samples.enabled).toBe(true);
    expect(SAMPLE_SETTINGS.map((setting) => samples[setting].replicas)).toEqual(SAMPLE_SETTINGS.map(() => 1));
  });

  it('write no made-up orders in production', () => {
    expect(loadConfig('production').samples.enabled).toBe(false);
  });

  it('need only the topics of those that run', () => {
    const others = { ...environments.kind, topics: environments.kind.topics.filter(({ name }) => name !== 'revenue') };
    const paths = (samples: object) => problemsOf({ ...others, samples }).map(({ path }) => path);
    expect(paths({ enabled: true })).toEqual(['samples.payment.replicas']);
    expect(paths({ enabled: true, payment: { replicas: 0 } })).toEqual([]);
  });

  it('may have as many members as there are partitions', () => {
    expect(problemsOf(kindWithSamples({ enabled: true, analytics: { replicas: 12 } }))).toEqual([]);
    expect(problemsOf(kindWithSamples({ enabled: true, analytics: { replicas: 13 } }))).toHaveLength(1);
  });

  it('that try again later read the topics in which records wait, and never their dead letters', () => {
    expect(topicsOf('inventory')).toEqual([
      'orders',
      'orders.inventory.retry.5s',
      'orders.inventory.retry.1m',
      'orders.inventory.dlq',
    ]);
  });
});
