import { ClientMetrics } from '../../../../src/client/metrics/client-metrics';

const lines = async (metrics: ClientMetrics, name: string): Promise<readonly string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`));

describe('the metrics of clients', () => {
  it('count sent records by outcome, and measure the duration', async () => {
    const metrics = new ClientMetrics();
    metrics.produced('orders', 'delivered', 0.02);
    metrics.produced('orders', 'unknown', 3);
    expect(await lines(metrics, 'app_kafka_produced_total')).toEqual([
      'app_kafka_produced_total{topic="orders",outcome="delivered"} 1',
      'app_kafka_produced_total{topic="orders",outcome="unknown"} 1',
    ]);
    expect(await lines(metrics, 'app_kafka_produce_duration_seconds_bucket')).toContain(
      'app_kafka_produce_duration_seconds_bucket{le="2.5",topic="orders"} 1',
    );
  });

  it('count dead letter records in addition to consumed records', async () => {
    const metrics = new ClientMetrics();
    metrics.group('email').consumed('orders', 'done', 3);
    metrics.group('email').consumed('orders', 'dead_lettered');
    expect(await lines(metrics, 'app_kafka_dead_letters_total')).toEqual([
      'app_kafka_dead_letters_total{topic="orders",group="email"} 1',
    ]);
    expect(await lines(metrics, 'app_kafka_consumed_total')).toContain(
      'app_kafka_consumed_total{topic="orders",group="email",outcome="done"} 3',
    );
  });

  it('count records that a retry group gives up for the original topic and group', async () => {
    const metrics = new ClientMetrics();
    const deadLettersOf = { topic: 'orders', group: 'inventory' } as const;
    metrics.group('inventory.retry.5s', deadLettersOf).consumed('orders.inventory.retry.5s', 'dead_lettered');
    expect(await lines(metrics, 'app_kafka_dead_letters_total')).toEqual([
      'app_kafka_dead_letters_total{topic="orders",group="inventory"} 1',
    ]);
  });

  it('count records of transactions by their outcome', async () => {
    const metrics = new ClientMetrics();
    metrics.transaction('committed', 0.02, [{ topic: 'payments' }, { topic: 'payments' }]);
    metrics.transaction('aborted', 0.02, [{ topic: 'payments' }]);
    metrics.transaction('unknown', 30, [{ topic: 'revenue' }]);
    expect(await lines(metrics, 'app_kafka_produced_total')).toEqual([
      'app_kafka_produced_total{topic="payments",outcome="delivered"} 2',
      'app_kafka_produced_total{topic="payments",outcome="failed"} 1',
      'app_kafka_produced_total{topic="revenue",outcome="unknown"} 1',
    ]);
    expect(await lines(metrics, 'app_kafka_transactions_total')).toHaveLength(3);
  });

  it('count retries by one of a few causes', async () => {
    const metrics = new ClientMetrics();
    const meter = metrics.group('email');
    meter.triesAgain('orders', 'NOT_ENOUGH_REPLICAS', 2);
    meter.triesAgain('orders', 'order 7 is not known');
    for (let number = 0; number < 200; number++) meter.triesAgain('orders', `Error${number}`);
    const series = await lines(metrics, 'app_kafka_retries_total');
    expect(series[0]).toBe('app_kafka_retries_total{topic="orders",group="email",cause="NOT_ENOUGH_REPLICAS"} 2');
    expect(series.length).toBeLessThan(60);
    expect(series).toContainEqual(expect.stringContaining('cause="other"'));
  });

  it('have gauges only for currently assigned partitions', async () => {
    const metrics = new ClientMetrics();
    const unwatch = metrics
      .group('email')
      .watch(() => [{ topic: 'orders', partition: 2, gap: 7, oldest: { offset: 1n, timestamp: Date.now() - 5_000 } }]);
    expect(await lines(metrics, 'app_kafka_uncommitted_offsets')).toEqual([
      'app_kafka_uncommitted_offsets{topic="orders",group="email",partition="2"} 7',
    ]);
    const [age = ''] = await lines(metrics, 'app_kafka_oldest_unprocessed_age_seconds');
    expect(Number(age.split(' ').at(-1))).toBeCloseTo(5, 0);
    unwatch();
    expect(await lines(metrics, 'app_kafka_uncommitted_offsets')).toEqual([]);
  });

  it('are separate for each instance', () => {
    expect(() => [new ClientMetrics(), new ClientMetrics()]).not.toThrow();
  });
});
