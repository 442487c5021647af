import { days, minutes } from '../../config/units';
import type { Platform } from '../../config/load';
import type { Alert, AlertsOf } from './alert';
import { commands } from './commands';

/** The active controller writes two records a second even when nothing happens: a voter that stands still is seen. */
const RECORDS_BEHIND = 1_000;

/** The metadata quorum. */
export const quorumAlerts: AlertsOf = (config) => {
  const run = commands(config);
  return [
    {
      name: 'KafkaActiveControllers',
      expr: '(sum(kafka_controller_kafkacontroller_activecontrollercount) or vector(0)) != 1',
      forMs: minutes(5),
      severity: 'critical',
      summary: '{{ $value }} active controllers instead of one',
      description:
        'With none, no leader is elected and no topic changes; the data path lives only as long as nothing fails. With ' +
        'two, nodes are cut off from each other. When it is none while all brokers answer, their metrics may be what is ' +
        `missing. Ask the cluster: ${run.describe}`,
    },
    {
      name: 'KafkaQuorumLeaderless',
      expr: 'max(kafka_server_raft_metrics_current_leader) < 0',
      forMs: minutes(5),
      severity: 'critical',
      summary: 'The metadata quorum has no leader',
      description:
        'No voter knows one: a majority is down, or voters do not reach each other’s controller port. Start the missing ' +
        `brokers first, one is enough for a majority of three. See who is there: ${run.pods('broker')}`,
    },
    ...atEdge(config),
    {
      name: 'KafkaVoterBehind',
      expr:
        'max(kafka_server_raft_metrics_log_end_offset) - on () group_right () kafka_server_raft_metrics_log_end_offset' +
        ` > ${RECORDS_BEHIND}`,
      forMs: minutes(5),
      severity: 'warning',
      summary: 'Voter {{ $labels.broker }} is {{ $value }} metadata records behind',
      description:
        'It counts as voter but could not take over, so the quorum is weaker than it looks. It cannot reach the leader, ' +
        `or its disk is slow. See what it says of the quorum: ${run.logs}`,
    },
    {
      name: 'KafkaMetadataStalled',
      expr: [
        'changes(kafka_server_broker_metadata_metrics_last_applied_record_offset[5m]) == 0',
        'changes(kafka_controller_kafkacontroller_lastappliedrecordoffset[5m]) == 0',
      ].join(' or '),
      forMs: minutes(5),
      severity: 'critical',
      summary: 'Broker {{ $labels.broker }} no longer follows the cluster’s metadata',
      description:
        'It has applied no record for 5 minutes, though there is one every half second: it knows neither new leaders nor ' +
        'new topics and sends clients astray. When all brokers stand still, the quorum has no leader. Otherwise look at ' +
        `it (${run.logs}) and start it anew: ${run.restart}`,
    },
    {
      name: 'KafkaMetadataErrors',
      expr: [
        'kafka_controller_kafkacontroller_metadataerrorcount > 0',
        'kafka_server_broker_metadata_metrics_metadata_load_error_count > 0',
        'kafka_server_broker_metadata_metrics_metadata_apply_error_count > 0',
      ].join(' or '),
      forMs: minutes(5),
      severity: 'critical',
      summary: 'Broker {{ $labels.broker }} could not apply {{ $value }} metadata records',
      description:
        'What it believes of topics and leaders may be wrong from now on. The count falls only with a restart. Keep its ' +
        `log (${run.logs}), then start it anew: ${run.restart}`,
    },
    {
      name: 'KafkaMetadataVersionBehind',
      expr:
        'max(kafka_server_metadataloader_currentmetadataversion)' +
        ' < min(kafka_server_node_metrics_maximum_supported_level{feature_name="metadata-version"})',
      forMs: days(1),
      severity: 'info',
      summary: 'All brokers run a release whose metadata version is not in use',
      description:
        'An upgrade is not finished: new features are off, and no later release can be skipped to. Once nobody wants ' +
        'back to the old release, raise it with kafka-features.sh upgrade and set brokers.metadataVersion to it.',
    },
  ];
};

/** A quorum of one has no voter to lose in the first place. */
function atEdge(config: Platform): readonly Alert[] {
  const { voters } = config.brokers.quorum;
  const majority = Math.floor(voters / 2) + 1;
  if (majority === voters) return [];
  return [
    {
      name: 'KafkaQuorumAtEdge',
      expr:
        '(count(kafka_server_raft_metrics_current_state_info{current_state=~"leader|follower"}) or vector(0))' +
        ` <= ${majority}`,
      forMs: minutes(10),
      severity: 'critical',
      summary: `Only {{ $value }} of ${voters} voters take part in the metadata quorum`,
      description:
        `${majority} are needed: the next one that is lost stops every election and every change. Restart nothing else, ` +
        `bring the missing voter back. Who is there: ${commands(config).describe}`,
    },
  ];
}
