import { nodeWords, votersOf } from '../nodes';
import { days, minutes } from '../../../validation/units';
import type { KafkaClusterConfig } from '../config';
import { COUNT, type Alert, type AlertsOf } from '../../../monitoring/alert';
import { commandLine } from '../../../validation/command-line';
import { commands } from './commands';

/** The active controller writes two records a second even when nothing happens: a voter that stands still is seen. */
const RECORDS_BEHIND = 1_000;

/** The voter that leads, as it says itself. */
const LEADER = 'kafka_server_raft_metrics_current_state_info{current_state="leader"}';

/** The metadata quorum. */
export const quorumAlerts: AlertsOf<KafkaClusterConfig> = (config) => {
  const run = commands(config);
  const { Node } = nodeWords(config.brokers);
  return [
    {
      name: 'KafkaActiveControllers',
      expr: '(sum(kafka_controller_kafkacontroller_activecontrollercount) or vector(0)) != 1',
      forMs: minutes(5),
      severity: 'critical',
      summary: `${COUNT} active controllers instead of one`,
      description:
        'With none, no leader is elected and no topic changes; writes and reads go on only as long as nothing fails. With ' +
        'two, nodes are cut off from each other. If there is none while all controllers answer, only their metrics may ' +
        `be missing. Ask the cluster: ${run.describe}`,
    },
    {
      name: 'KafkaQuorumLeaderless',
      // Without a majority, observers and voters go on naming the last leader that they knew.
      expr: `(count(${LEADER}) or vector(0)) == 0`,
      forMs: minutes(5),
      severity: 'critical',
      summary: 'The metadata quorum has no leader',
      description:
        'No voter says that it leads: a majority is down, or the voters do not reach each other on the controller port. (If ' +
        'KafkaBrokerDown fires for one voter only, the metrics of the leader may be all that is missing.) Start the ' +
        `missing voters first; two of three are a majority. See which run: ${run.pods}`,
    },
    ...atEdge(config),
    {
      name: 'KafkaVoterBehind',
      expr:
        'max(kafka_server_raft_metrics_log_end_offset) - on () group_right () kafka_server_raft_metrics_log_end_offset' +
        ` > ${RECORDS_BEHIND}`,
      forMs: minutes(5),
      severity: 'warning',
      summary: `${Node} {{ $labels.broker }} is ${COUNT} metadata records behind`,
      description:
        'A voter that is behind cannot become leader, so the quorum is weaker than it looks. A broker that is behind gives ' +
        `clients old metadata. Either the node does not reach the leader, or its disk is slow. See its log: ${run.logs}`,
    },
    {
      name: 'KafkaMetadataStalled',
      expr: [
        'changes(kafka_server_broker_metadata_metrics_last_applied_record_offset[5m]) == 0',
        'changes(kafka_controller_kafkacontroller_lastappliedrecordoffset[5m]) == 0',
      ].join(' or '),
      forMs: minutes(5),
      severity: 'critical',
      summary: `${Node} {{ $labels.broker }} no longer follows the cluster’s metadata`,
      description:
        'It has applied no record for 5 minutes, although one is written every half second. It knows neither new leaders nor ' +
        'new topics, and a broker gives clients old metadata. If this holds for all of them, the quorum has no leader. ' +
        `Otherwise read its log (${run.logs}) and restart it: ${run.restart}`,
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
      summary: `${Node} {{ $labels.broker }} could not apply ${COUNT} metadata records`,
      description:
        'Its view of topics and leaders may be wrong from now on. The count falls only with a restart. Keep its ' +
        `log (${run.logs}), then restart it: ${run.restart}`,
    },
    {
      name: 'KafkaMetadataVersionBehind',
      expr:
        'min(kafka_server_node_metrics_maximum_supported_level{feature_name="metadata-version"})' +
        ' > max(kafka_server_metadataloader_currentmetadataversion)',
      forMs: days(1),
      severity: 'info',
      summary: `All nodes support metadata version level ${COUNT}, which is not in use`,
      description:
        'An upgrade is not finished: new features are off, and a later release may not start. Once nobody wants to return ' +
        'to the old release, set brokers.metadataVersion to the version of this level, and raise it, which cannot be undone: ' +
        `${commandLine('features plan --environment ENVIRONMENT --bootstrap HOST:PORT')}, then the same with apply ` +
        '--irreversible. Do not use a tool that raises all features of a release: it raises kraft.version too, and a ' +
        'controller whose disk is lost would not come back as a voter.',
    },
  ];
};

/** A quorum of one has no voter to lose in the first place. */
function atEdge(config: KafkaClusterConfig): readonly Alert[] {
  const { length: voters } = votersOf(config.brokers);
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
      summary: `Only ${COUNT} of ${voters} voters take part in the metadata quorum`,
      description:
        `${majority} are needed: the loss of one more stops every election and every change. Restart nothing else, ` +
        `and bring the missing voter back. See which run: ${commands(config).describe}`,
    },
  ];
}
