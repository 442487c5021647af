import { minutes, seconds, type Milliseconds } from '../../../validation/units';
import { COUNT, type AlertsOf } from '../../../monitoring/alert';
import type { KafkaClusterConfig } from '../config';
import { nodeWords } from '../nodes';

/** Of the partitions that are answered for. */
const TOO_MANY_ERRORS = 0.01;

/** A produce request that waits for its followers, on a cluster that is well, takes some milliseconds. */
const SLOW_PRODUCE = seconds(1);

/** Brokers let a follower wait for records for half a second (`replica.fetch.wait.max.ms`). */
const SLOW_FETCH_OF_FOLLOWER = seconds(1.5);

/** Clients let brokers wait for half a second (Java) or 5 s (kafkajs) by default. */
const SLOW_FETCH_OF_CONSUMER = seconds(7);

const TIME = 'kafka_network_requestmetrics_totaltimems';
const ERRORS = 'kafka_network_requestmetrics_errorspersec_total';

/** Errors and latency of the requests of clients and followers. */
export const requestAlerts: AlertsOf<KafkaClusterConfig> = (config) => [
  {
    name: 'KafkaProduceErrors',
    expr: errorShare('Produce'),
    forMs: minutes(10),
    severity: 'warning',
    summary: '{{ $value | humanizePercentage }} of writes are refused: {{ $labels.error }}',
    description:
      'This takes longer than a change of leaders. NOT_ENOUGH_REPLICAS: see KafkaUnderMinIsr. NOT_LEADER_OR_FOLLOWER: a client ' +
      'has old metadata, or cannot reach the new leaders. REQUEST_TIMED_OUT: followers do not keep up. Other errors come from ' +
      'the client: records too large, no authorization, an old epoch. The dashboard of clients shows the broker.',
  },
  {
    name: 'KafkaFetchErrors',
    expr: errorShare('Fetch'),
    forMs: minutes(10),
    severity: 'warning',
    summary: '{{ $value | humanizePercentage }} of reads are refused: {{ $labels.error }}',
    description:
      'Reads of consumers and followers fail for longer than a change of leaders. OFFSET_OUT_OF_RANGE: retention has deleted ' +
      'the position of a group. NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH: a client or follower does not learn of new ' +
      'leaders. KAFKA_STORAGE_ERROR: a disk is broken. The dashboard of clients shows the broker.',
  },
  {
    name: 'KafkaProduceSlow',
    expr: slow('Produce', SLOW_PRODUCE),
    forMs: minutes(15),
    severity: 'warning',
    summary:
      'One in a hundred produce requests to broker {{ $labels.broker }} takes more than {{ $value | printf "%.0f" }} ms',
    description:
      'With acks=all a write waits for the slowest follower in sync. If all brokers are slow, the cause is one follower or the ' +
      'network; if one is, the cause is its disk, its garbage collection or its request handlers, whose idle time is on the ' +
      'dashboard of the cluster.',
  },
  {
    name: 'KafkaFetchSlow',
    expr: `${slow('FetchFollower', SLOW_FETCH_OF_FOLLOWER)} or ${slow('FetchConsumer', SLOW_FETCH_OF_CONSUMER)}`,
    forMs: minutes(15),
    severity: 'warning',
    // Followers of a controller are other controllers, and brokers.
    summary: `One in a hundred fetches from ${nodeWords(config.brokers).node} {{ $labels.broker }} takes more than ${COUNT} ms`,
    description:
      'This is far longer than clients let the broker wait for records. It reads from its disk instead of the page cache, as ' +
      'for a consumer that reads far back, or its threads are busy. Followers wait and leave the ISR; of a controller, they learn late of metadata. Compare disk, threads ' +
      'and garbage collection of the brokers on the dashboard of the cluster.',
  },
];

/** Answers of partitions are counted by their error, NONE among them. */
function errorShare(request: string): string {
  const rate = (selector: string): string => `rate(${ERRORS}{request="${request}"${selector}}[5m])`;
  return `sum by (error) (${rate(',error!="NONE"')}) / scalar(sum(${rate('')})) > ${TOO_MANY_ERRORS}`;
}

/** A quantile stays as it is when nothing more is asked: it counts only where something is. */
function slow(request: string, limit: Milliseconds): string {
  const asked = `sum by (broker) (rate(${TIME}_count{request="${request}"}[5m])) > 0`;
  return `max by (broker) (${TIME}{request="${request}",quantile="0.99"}) > ${limit} and on (broker) ${asked}`;
}
