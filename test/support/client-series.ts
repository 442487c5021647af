import type { ClientMetrics } from '../../src/client/metrics/client-metrics';

/** The current metrics of clients, summed over all topics and groups. */
export async function seriesIn(metrics: ClientMetrics) {
  const text = await metrics.text();
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    /** Transactions. */
    aborted: sum(/^app_kafka_transactions_total\{outcome="aborted"\} (\S+)/gm),
    retries: sum(/^app_kafka_retries_total\{.*\} (\S+)/gm),
    /** Causes of the retries. */
    causes: [...text.matchAll(/^app_kafka_retries_total\{.*cause="(\w+)"/gm)].map(([, cause]) => cause),
    /** Age of the oldest uncommitted record in seconds. */
    age: sum(/^app_kafka_oldest_unprocessed_age_seconds\{.*\} (\S+)/gm),
  };
}
