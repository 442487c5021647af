import { alreadyEncoded } from '../src/client/encoded';
import { ExactlyOnceTransform } from '../src/client/exactly-once/exactly-once-transform';
import { ClientMetrics } from '../src/client/metrics/client-metrics';

const CLOSE_MS = 10_000;

/**
 * A member of the group that is restarted. Arguments: bootstrap servers, group, and the group instance id of a static
 * member.
 */
async function main([bootstrapServers = '', groupId = '', groupInstanceId]: readonly string[]): Promise<void> {
  const metrics = new ClientMetrics();
  const member = await ExactlyOnceTransform.start<'orders', undefined>({
    connection: { bootstrapServers: bootstrapServers.split(','), clientId: groupId },
    groupId,
    ...(groupInstanceId !== undefined && { groupInstanceId }),
    topic: 'orders',
    metrics,
    restore: () => Promise.resolve(undefined),
    transform: (records) =>
      records.map(({ key, value }) => ({ topic: 'orders-paid', key, value: value && alreadyEncoded(value) })),
  });
  process.stdin.on('end', () => process.exit(1)).resume();
  process.once('SIGTERM', () => {
    void member.close(CLOSE_MS).then(async () => {
      const { values } = (await metrics.registry.getSingleMetric('app_kafka_rebalances_total')?.get()) ?? {
        values: [],
      };
      console.log(`rebalances ${values.reduce((sum, { value }) => sum + value, 0)}`);
      process.exit(0);
    });
  });
  console.log('ready');
}

void main(process.argv.slice(2));
