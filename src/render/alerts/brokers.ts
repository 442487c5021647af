import { minutes } from '../../config/units';
import { nodeIds } from '../layout';
import type { AlertsOf } from './alert';
import { commands } from './commands';
import { idleShare, up } from './promql';

/** Of the brokers' own threads: the total counts the controller's too, and never falls below their share. */
const IDLE = 'kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total';

/** Brokers as processes. */
export const brokerAlerts: AlertsOf = (config) => {
  const run = commands(config);
  return [
    {
      name: 'KafkaBrokerDown',
      // With pods as targets, one that is gone is no target that fails.
      expr: [`${up('kafka')} == 0`, ...nodeIds(config).map((id) => `absent(up{job="kafka",broker="${id}"})`)].join(
        ' or ',
      ),
      forMs: minutes(5),
      severity: 'critical',
      summary: 'Broker {{ $labels.broker }} does not answer',
      description:
        `Its metrics cannot be read for 5 minutes: it is down, or cut off. Partitions have one replica less, and the ` +
        `next loss may stop writes. See why: ${run.describePod}; then ${run.logs}`,
    },
    {
      name: 'KafkaBrokerFenced',
      expr: 'max(kafka_controller_kafkacontroller_fencedbrokercount) > 0',
      forMs: minutes(10),
      severity: 'warning',
      summary: '{{ $value }} brokers are registered and serve nothing',
      description:
        'The controller hears nothing of them, though they may run: they cannot reach the controller’s port, or hang. ' +
        `A broker that was taken away for good stays fenced until it is unregistered. Who it is: ${run.describe}`,
    },
    {
      name: 'KafkaLogDirectoryOffline',
      expr: 'kafka_log_logmanager_offlinelogdirectorycount > 0',
      forMs: minutes(1),
      severity: 'critical',
      summary: 'Broker {{ $labels.broker }} has lost a log directory',
      description:
        'Reading or writing it failed: the volume is broken, full or read-only. Its replicas are offline. Look for the ' +
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
        'Requests begin to queue, clients see latency and time-outs. Look which requests take long on the dashboard of ' +
        'clients; a slow disk shows there too. Spread leaders or partitions, or raise brokers.ioThreads when there is ' +
        'CPU left.',
    },
    {
      name: 'KafkaNetworkThreadsBusy',
      expr: 'kafka_network_socketserver_networkprocessoravgidlepercent < 0.3',
      forMs: minutes(15),
      severity: 'warning',
      summary:
        'Network threads of broker {{ $labels.broker }} are idle only {{ $value | humanizePercentage }} of the time',
      description:
        'Requests are read and answered late: too many connections or requests, or large ones. Look at request rates on ' +
        'the dashboard of clients for one that has grown; raise brokers.networkThreads when there is CPU left.',
    },
    {
      name: 'KafkaOpenFilesHigh',
      expr: 'process_open_fds{job="kafka"} / process_max_fds{job="kafka"} > 0.8',
      forMs: minutes(10),
      severity: 'warning',
      summary: 'Broker {{ $labels.broker }} has {{ $value | humanizePercentage }} of its file descriptors open',
      description:
        'At the limit it can neither accept connections nor open segments, and its log directory goes offline. Look ' +
        'whether connections or partitions have grown; raise the limit of the container runtime.',
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
        'A cleaner thread has died or a partition cannot be cleaned: compacted topics, those of committed offsets among ' +
        `them, grow until the disk is full. See which and why (“uncleanable”): ${run.logs}; a restart makes it try ` +
        `again: ${run.restart}`,
    },
  ];
};
