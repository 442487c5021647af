import type { KafkaClusterConfig } from '../config';
import { minutes } from '../../../validation/units';
import { controllerPools, nodeWords, nodesOf } from '../nodes';
import { COUNT, type AlertsOf } from '../../../monitoring/alert';
import { commands } from './commands';
import { idleShare, up } from '../../../monitoring/promql';

/** Of the brokers' own threads: the total counts the controller's too, and never falls below their share. */
const IDLE = 'kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total';

/** Where objects that live for long are, by the name that each collector has for it. */
const OLD = 'job="kafka",pool=~".*(Old|Tenured) Gen"';

/** Brokers as processes, and controllers. */
export const brokerAlerts: AlertsOf<KafkaClusterConfig> = (config) => {
  const run = commands(config);
  const { Node, node } = nodeWords(config.brokers);
  return [
    {
      name: 'KafkaBrokerDown',
      // With pods as targets, one that is gone is no target that fails.
      expr: [
        `${up('kafka')} == 0`,
        ...nodesOf(config.brokers).map(({ id }) => `absent(up{job="kafka",broker="${id}"})`),
      ].join(' or '),
      forMs: minutes(5),
      severity: 'critical',
      summary: `${Node} {{ $labels.broker }} does not answer`,
      description:
        `Its metrics have not been readable for 5 minutes: it is down or cut off. ${lossOfNode(config)} Find the reason: ` +
        `${run.describePod}; then ${run.logs}`,
    },
    {
      name: 'KafkaBrokerFenced',
      expr: 'max(kafka_controller_kafkacontroller_fencedbrokercount) > 0',
      forMs: minutes(10),
      severity: 'warning',
      summary: `${COUNT} brokers are registered but fenced`,
      description:
        'The controller receives no heartbeat from them, although they may run: they cannot reach the port of the controller, ' +
        `or they hang. A broker that was removed for good stays fenced until it is unregistered. Find them: ${run.describe}`,
    },
    {
      name: 'KafkaLogDirectoryOffline',
      expr: 'kafka_log_logmanager_offlinelogdirectorycount > 0',
      forMs: minutes(1),
      severity: 'critical',
      summary: 'Broker {{ $labels.broker }} has lost a log directory',
      description:
        'Reading or writing it failed: the volume is broken, full or read-only. Its replicas are offline. Find the ' +
        `first I/O error: ${run.logs}`,
    },
    {
      name: 'KafkaRequestHandlersBusy',
      // Of a broker that is younger than the window, a rate tells too little.
      expr: `${idleShare(IDLE, '5m')} < 0.3 and ${IDLE} offset 5m`,
      forMs: minutes(15),
      severity: 'warning',
      summary:
        'Request handlers of broker {{ $labels.broker }} are idle only {{ $value | humanizePercentage }} of the time',
      description:
        'Requests wait in the queue, and clients see latency and timeouts. Find the requests that take long on the dashboard ' +
        'of clients; a slow disk shows there too. Spread leaders or partitions, or raise brokers.ioThreads when there is ' +
        'CPU left.',
    },
    {
      name: 'KafkaNetworkThreadsBusy',
      expr: 'kafka_network_socketserver_networkprocessoravgidlepercent < 0.3',
      forMs: minutes(15),
      severity: 'warning',
      summary: `Network threads of ${node} {{ $labels.broker }} are idle only {{ $value | humanizePercentage }} of the time`,
      description:
        'Requests are read and answered late: there are too many connections or requests, or large ones. Find the request ' +
        'rate that has grown on the dashboard of clients; raise brokers.networkThreads when there is CPU left.',
    },
    {
      name: 'KafkaOpenFilesHigh',
      expr: 'process_open_fds{job="kafka"} / process_max_fds{job="kafka"} > 0.8',
      forMs: minutes(10),
      severity: 'warning',
      summary: `${Node} {{ $labels.broker }} has {{ $value | humanizePercentage }} of its file descriptors open`,
      description:
        'At the limit it can neither accept connections nor open segments, and its log directory goes offline. Check ' +
        'whether connections or partitions have grown; raise the limit of the container runtime.',
    },
    {
      name: 'KafkaHeapAlmostFull',
      // What a collection has left over: the heap in use tells of garbage as well.
      expr: `jvm_memory_pool_collection_used_bytes{${OLD}} / jvm_memory_pool_collection_max_bytes{${OLD}} > 0.85`,
      forMs: minutes(15),
      severity: 'warning',
      summary: `${Node} {{ $labels.broker }} uses {{ $value | humanizePercentage }} of its heap after garbage collection`,
      description:
        'At the end of its heap it exits, and the load of its clients moves to the next one. Check on the dashboard ' +
        'of clients whether connections, partitions or groups have grown; raise heap and memory in brokers.nodePools.',
    },
    {
      name: 'KafkaGarbageCollectionLong',
      expr: 'sum by (broker) (rate(jvm_gc_collection_seconds_sum{job="kafka",gc!~".*Concurrent.*"}[5m])) > 0.1',
      forMs: minutes(10),
      severity: 'warning',
      summary: `${Node} {{ $labels.broker }} spends {{ $value | humanizePercentage }} of the time in garbage collection pauses`,
      description:
        'Requests wait during a pause, followers leave the ISR, and the session of the broker may expire. The heap is too small ' +
        'for the load, or the node is short of CPU or memory. See its heap on the dashboard of the cluster; raise heap in ' +
        'brokers.nodePools.',
    },
    {
      name: 'KafkaLogCleanerStopped',
      expr: [
        'kafka_log_logcleaner_deadthreadcount > 0',
        'kafka_log_logcleanermanager_uncleanable_partitions_count > 0',
      ].join(' or '),
      forMs: minutes(10),
      severity: 'warning',
      summary: 'Broker {{ $labels.broker }} no longer compacts all of its logs',
      description:
        'A cleaner thread has died or a partition cannot be cleaned. Compacted topics, __consumer_offsets among them, grow ' +
        `until the disk is full. Find the partition and the reason (“uncleanable”): ${run.logs}; after a restart the ` +
        `broker tries again: ${run.restart}`,
    },
  ];
};

/** What a cluster lacks without one of its nodes. */
function lossOfNode({ brokers }: KafkaClusterConfig): string {
  const ofBroker = 'Its partitions have one replica less, and the next loss may stop writes.';
  if (controllerPools(brokers).length === 0) return ofBroker;
  return (
    'The partitions of a broker have one replica less, and the next loss may stop writes; without a controller the ' +
    'quorum has one voter less.'
  );
}
