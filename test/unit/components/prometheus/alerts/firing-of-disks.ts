import { CONTROLLERS, flat, ofNode, rising } from './at-rest';
import { once, type Case } from './cases';

const METADATA_LOG = ofNode('kafka_log_log_size', CONTROLLERS[0], { partition: 0, topic: '__cluster_metadata' });

/** Cases of the alerts about disks. */
export const OF_DISKS: Readonly<Record<string, readonly Case[]>> = {
  KafkaDiskAlmostFull: [
    once({ [METADATA_LOG]: flat(3.5 * 2 ** 30) }, 5, { broker: '100' }),
    once({ [ofNode('kafka_log_log_size', 1, { partition: 0, topic: 'orders' })]: flat(3.5 * 2 ** 30) }, 5, {
      broker: '1',
    }),
  ],
  KafkaDiskFilling: [
    once({ [METADATA_LOG]: flat(3.1 * 2 ** 30) }, 15, { broker: '100' }),
    once({ [ofNode('kafka_log_log_size', 1, { partition: 0, topic: 'orders' })]: flat(3.1 * 2 ** 30) }, 15, {
      broker: '1',
    }),
  ],
  // 0.9 MiB per minute is 3.8 GiB in three days, more than logs may use of a claim of 4 GiB.
  KafkaDiskWillFill: [
    once({ [METADATA_LOG]: rising(0.87 * 2 ** 20, 1e8) }, 90, { broker: '100' }),
    once({ [ofNode('kafka_log_log_size', 1, { partition: 0, topic: 'orders' })]: rising(0.87 * 2 ** 20, 1e8) }, 90, {
      broker: '1',
    }),
  ],
  // One and a half times the capacity of the three claims of 4 GiB, after only three hours of the day.
  KafkaRetentionDoesNotFit: ['orders', 'by-hand'].map((topic) =>
    once({ [ofNode('kafka_server_brokertopicmetrics_bytesinpersec_total', 1, { topic })]: rising(4.1e6) }, 190),
  ),
};
