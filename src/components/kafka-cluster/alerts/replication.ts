import type { KafkaClusterConfig } from '../config';
import { minutes } from '../../../validation/units';
import { prometheusDuration } from '../../../monitoring/duration';
import { COUNT, type Alert, type AlertsOf } from '../../../monitoring/alert';
import { commands } from './commands';
import { anyOf, rise } from '../../../monitoring/promql';

/** An event raises its alert for this long. */
const RECENT = minutes(15);

const UNCLEAN = rise('kafka_controller_controllerstats_uncleanleaderelectionspersec_total', RECENT);
const END = 'kafka_topic_partition_current_offset';

/** Partitions and their replicas. Controllers each tell the whole cluster's counts, brokers each that of what they lead. */
export const replicationAlerts: AlertsOf<KafkaClusterConfig> = (config) => {
  const run = commands(config);
  return [
    {
      name: 'KafkaOfflinePartitions',
      expr: 'max(kafka_controller_kafkacontroller_offlinepartitionscount) > 0',
      forMs: minutes(5),
      severity: 'critical',
      summary: `${COUNT} partitions have no leader`,
      description:
        'They can be neither written nor read: all replicas in sync are down. Bring those brokers back; do not force an ' +
        `unclean election, which loses acknowledged records. Find the partitions: ${run.describe}`,
    },
    {
      name: 'KafkaUnderMinIsr',
      expr: 'sum(kafka_server_replicamanager_underminisrpartitioncount) > 0',
      // Writes are refused from the first second on; guards keep every orderly restart from it.
      forMs: minutes(1),
      severity: 'critical',
      summary: `${COUNT} partitions have fewer replicas in sync than min.insync.replicas`,
      description:
        'Producers with acks=all get NOT_ENOUGH_REPLICAS and cannot write to them. Brokers are down or do not keep up. ' +
        `Find the partitions (outOfSync): ${run.describe}; find the brokers that are missing: ${run.pods}`,
    },
    {
      name: 'KafkaUnderReplicated',
      expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions) > 0',
      forMs: minutes(15),
      severity: 'warning',
      summary: `${COUNT} partitions lack a replica in sync`,
      description:
        'This takes longer than a rolling restart. With KafkaBrokerDown it follows from that alert; without it, a follower does ' +
        `not keep up: check its disk and network. Find the partitions: ${run.describe}`,
    },
    {
      name: 'KafkaIsrShrinks',
      expr:
        'sum by (broker) (increase(kafka_server_replicamanager_isrshrinkspersec_total[15m])) > 0' +
        ' and sum by (broker) (kafka_server_replicamanager_underreplicatedpartitions) > 0',
      forMs: minutes(5),
      severity: 'warning',
      summary: 'Followers of broker {{ $labels.broker }} have left the ISR and have not returned',
      description:
        'The leader has removed replicas that were too slow, which an orderly restart does not cause. The follower has a slow ' +
        'disk, a network at capacity, or long garbage collections. Compare the brokers on the dashboard of the cluster.',
    },
    {
      name: 'KafkaUncleanLeaderElection',
      // Every controller counts all of them.
      expr: `max(${UNCLEAN}) > 0`,
      forMs: minutes(0),
      severity: 'warning',
      summary: `${COUNT} elections chose a leader that was not known to be in sync`,
      description:
        'Such a leader may lack acknowledged records; KafkaRecordsLost names the partitions whose logs have become shorter. ' +
        'After all replicas were killed at once, the last leader is elected: it has everything that its disk has kept, and ' +
        'nothing has to be done. Otherwise the election was requested: find out for which topic and why ' +
        '(kafka-leader-election.sh, or a topic with unclean.leader.election.enable).',
    },
    {
      name: 'KafkaRecordsLost',
      expr:
        `max by (topic, partition) (max_over_time(${END}[${prometheusDuration(RECENT)}]) - ${END}) > 0` +
        ` and on () max(${UNCLEAN}) > 0`,
      // A leader that starts anew knows only by its followers how far they all are.
      forMs: minutes(2),
      severity: 'critical',
      summary: `{{ $labels.topic }}-{{ $labels.partition }} ends ${COUNT} offsets earlier than before an unclean election`,
      description:
        'Records that were acknowledged and could be read are gone, unless the topic was created again meanwhile. Consumers ' +
        'that were beyond its end report it. Tell the owners of the data; keep the disks of replicas that are down, as they ' +
        `may have the missing records. See which brokers run: ${run.describe}`,
    },
    {
      name: 'KafkaPreferredLeaderImbalance',
      expr: 'max(kafka_controller_kafkacontroller_preferredreplicaimbalancecount) > 0',
      forMs: minutes(30),
      severity: 'warning',
      summary: `${COUNT} partitions are not led by their preferred replica`,
      description:
        'The controller corrects this every 5 minutes, unless the preferred replica is not in sync. Load is uneven ' +
        `until then. Find the replicas that are missing: ${run.describe}`,
    },
    ...singleReplica(config),
  ];
};

/** Where topics have several replicas by default: all topics but those that are configured with one. */
function singleReplica({ brokers, topics }: KafkaClusterConfig): readonly Alert[] {
  if (brokers.replicationFactor === 1) return [];
  const meant = topics.filter(({ replicationFactor }) => replicationFactor === 1).map(({ name }) => name);
  const selector = meant.length === 0 ? '' : `{topic!~"${anyOf(meant)}"}`;
  return [
    {
      name: 'KafkaTopicWithOneReplica',
      expr: `count by (topic) (kafka_topic_partition_replicas${selector} == 1)`,
      forMs: minutes(15),
      severity: 'warning',
      summary: `Topic {{ $labels.topic }} has ${COUNT} partitions with one replica only`,
      description:
        'Each restart of the broker of that replica stops writes and reads, and the loss of its disk loses the data. Add ' +
        'replicas with kafka-reassign-partitions.sh, or set replicationFactor 1 in the catalogue when this is intended.',
    },
  ];
}
