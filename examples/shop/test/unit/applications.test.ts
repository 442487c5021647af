import { applicationsOf, topicsOf } from '../../../../src/components/application/applications';
import { loadConfig } from '../../../../tools/support/environments';
import { applications } from '../../applications';

describe('the applications of the shop', () => {
  it.each(['kind', 'local'] as const)('run in %s, one of each', (environment) => {
    const found = applicationsOf(loadConfig(environment));
    expect(found.map(({ name, replicas }) => [name, replicas])).toEqual(
      Object.keys(applications).map((name) => [name, 1]),
    );
  });

  it('are none in production', () => {
    expect(applicationsOf(loadConfig('production'))).toEqual([]);
  });

  it('with retries read their retry topics, and never their dead letters', () => {
    expect(topicsOf(applications.inventory)).toEqual([
      'orders',
      'orders.inventory.retry.5s',
      'orders.inventory.retry.1m',
      'orders.inventory.dlq',
    ]);
    expect(applications.inventory.reads).not.toContain('orders.inventory.dlq');
  });
});
