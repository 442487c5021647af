import type { Admin } from 'kafkajs';
import { quietKafka, withAdmin } from '../client/quiet-kafka';
import { describeCluster } from '../wire/describe-cluster';

/**
 * Works with a cluster's admin API.
 * @throws {UserError} at once when no broker answers, where kafkajs would try for a long time
 */
export async function onCluster<T>(bootstrap: readonly string[], use: (admin: Admin) => Promise<T>): Promise<T> {
  await describeCluster(bootstrap);
  return withAdmin(quietKafka(bootstrap), use);
}
