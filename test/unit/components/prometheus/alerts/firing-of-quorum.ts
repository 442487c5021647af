import { flat, ofNode, rising } from './at-rest';
import { everywhere, gone, once, type Case } from './cases';

/** Cases of the alerts about the quorum and its voters. */
export const OF_QUORUM: Readonly<Record<string, readonly Case[]>> = {
  KafkaActiveControllers: [
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', flat(0)), 5),
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', flat(1)), 5),
    // Brokers answer without these series.
    once(everywhere('kafka_controller_kafkacontroller_activecontrollercount', gone), 5),
  ],
  KafkaQuorumLeaderless: [
    // All go on naming the one that is gone.
    once(
      {
        [ofNode('kafka_server_raft_metrics_current_state_info', 100, { current_state: 'leader' })]: gone,
        [ofNode('kafka_server_raft_metrics_current_state_info', 101, { current_state: 'follower' })]: gone,
        [ofNode('kafka_server_raft_metrics_current_state_info', 102, { current_state: 'follower' })]: gone,
        [ofNode('kafka_server_raft_metrics_current_state_info', 102, { current_state: 'prospective' })]: flat(1),
      },
      5,
    ),
  ],
  KafkaQuorumAtEdge: [
    once(
      {
        [ofNode('kafka_server_raft_metrics_current_state_info', 102, { current_state: 'follower' })]: gone,
        [ofNode('kafka_server_raft_metrics_current_state_info', 102, { current_state: 'candidate' })]: flat(1),
      },
      10,
    ),
  ],
  KafkaVoterBehind: [
    ...[2, 102].map((id) =>
      once({ [ofNode('kafka_server_raft_metrics_log_end_offset', id)]: rising(120, 118_500) }, 6, {
        broker: String(id),
      }),
    ),
  ],
};
