import {
  CONTROLLERS,
  GROUP,
  PARTITION,
  TRANSACTION,
  flat,
  from,
  ofNode,
  ofClient,
  ofExporter,
  ofGuard,
  rising,
  upOf,
} from './at-rest';
import { END, HANGING, MEMBERS, RETIRED, electedAt, gone } from './cases';
import type { Courses } from './at-rest';

/** A situation that is close to an alert's condition, but must not fire. */
interface Miss {
  readonly what: string;
  /** Series that differ from those at rest. */
  readonly changes: Courses;
  /** Minutes for which nothing may fire. */
  readonly minutes: number;
}

const LAG = ofExporter('kafka_consumergroup_lag', GROUP);
const OLDEST = ofExporter('kafka_topic_partition_oldest_offset', PARTITION);
const AGE = ofClient('app_kafka_oldest_unprocessed_age_seconds', { topic: 'orders', group: 'email' });
const SUCCESS = ofExporter('platform_lag_exporter_last_success_timestamp_seconds');
const LOG = ofNode('kafka_log_log_size', 1, { partition: 0, topic: 'orders' });
const written = (topic: string): string => ofNode('kafka_server_brokertopicmetrics_bytesinpersec_total', 1, { topic });
const shrinks = ofNode('kafka_server_replicamanager_isrshrinkspersec_total', 1);
const underReplicated = ofNode('kafka_server_replicamanager_underreplicatedpartitions', 1);
const MIB = 2 ** 20;

const miss = (what: string, changes: Courses, minutes = 40): Miss => ({ what, changes, minutes });

/** Cases in addition to the cluster at rest. */
export const RESTING: Readonly<Record<string, readonly Miss[]>> = {
  KafkaBrokerDown: [miss('something else is down', { [upOf('clients', '10.0.0.9:9464')]: flat(0) })],
  KafkaRequestHandlersBusy: [
    miss('handlers are idle half of the time', {
      [ofNode('kafka_server_kafkarequesthandlerpool_brokerrequesthandleravgidlepercent_total', 1)]: rising(30e9),
    }),
  ],
  KafkaNetworkThreadsBusy: [
    miss('threads are idle half of the time', {
      [ofNode('kafka_network_socketserver_networkprocessoravgidlepercent', 1)]: flat(0.5),
    }),
  ],
  KafkaOpenFilesHigh: [
    miss('three quarters are open', { [ofNode('process_open_fds', 1)]: flat(15_000) }),
    miss('a client has its own open', {
      [ofClient('process_open_fds')]: flat(19_000),
      [ofClient('process_max_fds')]: flat(20_000),
    }),
  ],
  KafkaCatchUpStalled: [
    miss('a throttled broker fetches every five minutes', {
      [ofGuard('kafka_guard_catch_up_idle_seconds', 1)]: (minute) => (minute % 6) * 60,
    }),
  ],
  KafkaStopHeldUp: [
    miss('a stop waits for ten minutes', {
      [ofGuard('kafka_guard_stop_held_up_seconds', 1, { obstacle: 'min-isr' })]: from(11, rising(60, 0), gone),
    }),
  ],
  KafkaVoterBehind: [
    miss('it is some records behind', {
      [ofNode('kafka_server_raft_metrics_log_end_offset', 2)]: rising(120, 119_300),
    }),
  ],
  KafkaIsrShrinks: [
    miss('the follower is back', {
      [shrinks]: from(2, flat(0), flat(1)),
      [underReplicated]: (minute) => (minute >= 2 && minute < 4 ? 1 : 0),
    }),
    miss('a broker is down, and none was too slow', { [underReplicated]: flat(3) }),
  ],
  KafkaUncleanLeaderElection: [
    miss(
      'Prometheus is new, and the elections are old',
      Object.fromEntries(
        CONTROLLERS.map((id) => [
          ofNode('kafka_controller_controllerstats_uncleanleaderelectionspersec_total', id),
          flat(96),
        ]),
      ),
    ),
  ],
  KafkaRecordsLost: [
    miss('the topic was made anew', { [END]: from(2, flat(1_000_000), rising(6_000, 0)) }),
    miss('the leader has yet to hear of its followers', {
      ...electedAt(2),
      [END]: (minute) => (minute === 2 ? 999_000 : 1_000_000),
    }),
  ],
  KafkaDiskAlmostFull: [miss('three quarters are taken', { [LOG]: flat(3 * 2 ** 30) })],
  KafkaDiskWillFill: [
    miss('there was a burst', { [LOG]: (minute) => 1e8 + Math.min(minute, 20) * 16 * MIB }, 180),
    miss(
      'it grows again what retention has deleted before',
      { [LOG]: (minute) => (minute < 60 ? 3e9 - minute * (2e9 / 60) : 1e9 + (minute - 60) * 2 * MIB) },
      170,
    ),
    miss('it fills two thirds', { [LOG]: rising(0.7 * MIB, 1e8) }, 180),
  ],
  KafkaRetentionDoesNotFit: [
    miss('two thirds are needed', { [written('orders')]: rising(1.4e6) }, 250),
    miss('it is so for less than an hour', { [written('orders')]: rising(4.1e6) }, 150),
    miss('much is written that is kept for an hour', { [written('platform-smoke')]: rising(20e6) }, 180),
  ],
  KafkaConsumerLagHigh: [
    miss('the group is some minutes behind', { [LAG]: flat(45_000) }),
    miss('the topic is hardly written to', { [LAG]: flat(500), [END]: flat(1e6), [OLDEST]: flat(0) }),
  ],
  KafkaConsumerLagGrowing: [miss('it is noise', { [LAG]: rising(12, 0) }, 80)],
  KafkaConsumerMayLoseRecords: [
    miss('half is read', { [LAG]: flat(500_000) }),
    miss('nothing is deleted', { [LAG]: flat(900_000), [OLDEST]: flat(0) }),
    miss('nobody reads', { ...RETIRED, [LAG]: flat(900_000) }),
  ],
  KafkaConsumerGroupWithoutMembers: [
    miss('nothing is committed', {
      [MEMBERS]: flat(0),
      [ofExporter('kafka_consumergroup_current_offset', GROUP)]: flat(-1),
    }),
  ],
  KafkaTransactionOpen: [
    miss('it is open for a minute and a half', { [TRANSACTION]: flat(90) }),
    miss('it has ended before anybody is told', { [TRANSACTION]: (minute) => (minute === 5 ? 150 : 0) }),
    miss('it hangs', { [HANGING]: rising(60, 0) }),
  ],
  KafkaTransactionHanging: [
    miss('it is as young as one that only ends late', { [HANGING]: flat(90) }),
    miss('it is open', { [TRANSACTION]: rising(60, 0) }),
  ],
  KafkaRecordsUnprocessed: [
    miss('it waits for some minutes', { [AGE]: flat(400) }),
    miss('it is done before anybody is told', { [AGE]: (minute) => (minute === 5 ? 700 : 0) }),
    miss('the client is gone', { [AGE]: from(3, rising(60, 600), gone) }),
  ],
  KafkaLagExporterIncomplete: [
    miss('all was read some minutes ago', { [SUCCESS]: rising(60, -400) }),
    miss('all is read again before anybody is told', { [SUCCESS]: from(13, flat(0), rising(60, 0)) }),
  ],
  KafkaClientDown: [miss('something else is down', { [upOf('ui', 'kafka-ui:8080')]: flat(0) })],
};
