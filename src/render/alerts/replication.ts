import type { Platform } from '../../config/load';
import { minutes } from '../../config/units';
import type { Alert, AlertsOf } from './alert';
import { commands } from './commands';
import { anyOf } from './promql';

/** Partitions and their replicas. Controllers each tell the whole cluster's counts, brokers each that of what they lead. */
export const replicationAlerts: AlertsOf = (config) => {
  const run = commands(config);
  return [
    {
      name: 'KafkaOfflinePartitions',
      expr: 'max(kafka_controller_kafkacontroller_offlinepartitionscount) > 0',
      forMs: minutes(5),
      severity: 'critical',
      summary: '{{ $value }} partitions have no leader',
      description:
        'They can be neither written nor read: all replicas that are in sync are down. Bring those brokers back; do not ' +
        `force an unclean election before that, it loses acknowledged records. Which: ${run.describe}`,
    },
    {
      name: 'KafkaUnderMinIsr',
      expr: 'sum(kafka_server_replicamanager_underminisrpartitioncount) > 0',
      forMs: minutes(5),
      severity: 'critical',
      summary: '{{ $value }} partitions have fewer replicas in sync than min.insync.replicas',
      description:
        'Producers with acks=all get NOT_ENOUGH_REPLICAS and cannot write there. Brokers are down or do not keep up. ' +
        `See which (outOfSync): ${run.describe}; bring back what is missing: ${run.pods('broker')}`,
    },
    {
      name: 'KafkaUnderReplicated',
      expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions) > 0',
      forMs: minutes(15),
      severity: 'warning',
      summary: '{{ $value }} partitions lack a replica in sync',
      description:
        'Longer than any rolling restart takes. With KafkaBrokerDown it follows from that; without it, a follower does ' +
        `not keep up: look at its disk and network. Which partitions: ${run.describe}`,
    },
    {
      name: 'KafkaIsrShrinks',
      expr:
        'sum by (broker) (increase(kafka_server_replicamanager_isrshrinkspersec_total[15m])) > 0' +
        ' and sum by (broker) (kafka_server_replicamanager_underreplicatedpartitions) > 0',
      forMs: minutes(5),
      severity: 'warning',
      summary: 'Followers of broker {{ $labels.broker }} have fallen behind and are not back',
      description:
        'A leader has dropped replicas that were too slow, which an orderly restart does not cause: a slow disk, a full ' +
        'network or long garbage collections on the follower. Compare the brokers on the dashboard of the cluster.',
    },
    {
      name: 'KafkaUncleanLeaderElection',
      expr: 'sum(increase(kafka_controller_controllerstats_uncleanleaderelectionspersec_total[15m])) > 0',
      forMs: minutes(0),
      severity: 'critical',
      summary: 'A replica that was not in sync was made leader',
      description:
        'Acknowledged records are gone. This platform never allows it, so somebody did: find out who and for which ' +
        'topic (kafka-leader-election.sh, or a topic with unclean.leader.election.enable), tell the owners of its data.',
    },
    {
      name: 'KafkaPreferredLeaderImbalance',
      expr: 'max(kafka_controller_kafkacontroller_preferredreplicaimbalancecount) > 0',
      forMs: minutes(30),
      severity: 'warning',
      summary: '{{ $value }} partitions are not led by their preferred replica',
      description:
        'The controller puts that right every 5 minutes, unless the preferred replica is not in sync. Load is uneven ' +
        `until then. See which replicas are missing: ${run.describe}`,
    },
    ...singleReplica(config),
  ];
};

/** Where every topic should have more than one replica, all but those that are configured with one. */
function singleReplica({ brokers, topics }: Platform): readonly Alert[] {
  if (brokers.replicationFactor === 1) return [];
  const meant = topics.filter(({ replicationFactor }) => replicationFactor === 1).map(({ name }) => name);
  const selector = meant.length === 0 ? '' : `{topic!~"${anyOf(meant)}"}`;
  return [
    {
      name: 'KafkaTopicWithOneReplica',
      expr: `count by (topic) (kafka_topic_partition_replicas${selector} == 1)`,
      forMs: minutes(15),
      severity: 'warning',
      summary: 'Topic {{ $labels.topic }} has {{ $value }} partitions with one replica only',
      description:
        'Every restart of that replica’s broker stops writes and reads, and the loss of its disk loses the data. Raise ' +
        'it with kafka-reassign-partitions.sh, or write it down in the catalogue when it is meant to be so.',
    },
  ];
}
