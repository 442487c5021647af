import {
  AT_REST,
  NODES,
  GROUP,
  PARTITION,
  TRANSACTION,
  flat,
  from,
  ofNode,
  ofClient,
  ofExporter,
  rising,
  type Course,
  type Courses,
} from './at-rest';

/** A failure, and the expected alert. */
export interface Case {
  /** Series that differ from those at rest. */
  readonly changes: Courses;
  /** Expected time of the alert in minutes. */
  readonly minute: number;
  /** Labels that identify the affected object. */
  readonly labels: Readonly<Record<string, string>>;
}

export const gone: Course = () => 'stale';

export const DEAD_LETTERS = ofClient('app_kafka_dead_letters_total', { topic: 'orders', group: 'email' });

/** Missing records, found by comparing a position with the log. */
export const LOG_GAPS = ofClient('app_kafka_log_gaps_total', {
  topic: 'orders',
  group: 'payment',
  partition: '3',
  reason: 'topic-recreated',
});

/** Elections of leaders that were not known to be in sync, counted by each controller. */
export const electedAt = (start: number): Courses =>
  everywhere('kafka_controller_controllerstats_uncleanleaderelectionspersec_total', from(start, flat(0), flat(96)));

/** Elections after a kill of all brokers: each partition has its last leader again. */
export const LAST_LEADERS_ELECTED = (): Courses => electedAt(2);

export const END = ofExporter('kafka_topic_partition_current_offset', PARTITION);
export const MEMBERS = ofExporter('kafka_consumergroup_members', { consumergroup: 'billing' });

/** A transaction that no coordinator knows. */
export const HANGING = TRANSACTION.replace('payment-0', '').replace('open"', 'hanging"');

/** A group without members, with unread records. */
export const RETIRED: Courses = {
  [MEMBERS]: from(3, flat(3), flat(0)),
  [ofExporter('kafka_consumergroup_lag', GROUP)]: rising(6_000, 100_000),
};

/** On all nodes that have the series. */
export const everywhere = (name: string, course: Course): Courses =>
  Object.fromEntries(
    NODES.map((id) => ofNode(name, id)).flatMap((series) => (series in AT_REST ? [[series, course]] : [])),
  );

export const once = (changes: Courses, minute: number, labels: Case['labels'] = {}): Case => ({
  changes,
  minute,
  labels,
});

export const TIME = 'kafka_network_requestmetrics_totaltimems';

export const errors = (broker: number, labels: Readonly<Record<string, string>>): string =>
  ofNode('kafka_network_requestmetrics_errorspersec_total', broker, labels);
