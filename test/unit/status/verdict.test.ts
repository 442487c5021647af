import { PENDING, known, missed } from '../../../src/status/part';
import type { AlertStatus, TransactionStatus } from '../../../src/status/status';
import { verdictOf } from '../../../src/status/verdict';
import { brokers, cluster, topicStatus } from './builders';

type Observed = Parameters<typeof verdictOf>[0];

const verdict = (change: Partial<Observed> = {}) =>
  verdictOf({
    brokers: known(brokers('serving', 'serving', 'serving')),
    cluster: known(cluster()),
    alerts: { kind: 'left-out', reason: 'no Prometheus' },
    ...change,
  });

const alert = (name: string, state: AlertStatus['state']): AlertStatus => ({
  name,
  state,
  severity: 'critical',
  summary: '',
  since: 0,
});

const open = (change: Partial<TransactionStatus>): TransactionStatus => ({
  topic: 'orders',
  partition: 3,
  transactionalId: 'payment-0',
  producerId: 4_000,
  state: 'open',
  ageMs: 0,
  recordsBehind: 1,
  ...change,
});

const voters = (...caughtUpMsAgo: readonly (number | undefined)[]) =>
  known(
    cluster({
      quorum: { leaderId: 0, epoch: 1, voters: caughtUpMsAgo.map((ago, id) => ({ id, lag: 0, caughtUpMsAgo: ago })) },
    }),
  );

describe('the verdict', () => {
  it('is good if everything is good', () => {
    expect(verdict()).toEqual({
      level: 'healthy',
      sentence: 'All 3 brokers serve, and every replica is in sync.',
    });
    expect(verdict({ brokers: known(brokers('serving')) }).sentence).toMatch(/^The broker serves/);
  });

  it('is undecided before the first reading', () => {
    expect(verdict({ brokers: PENDING, cluster: PENDING }).level).toBe('unknown');
  });

  it('is that all is down if no broker answers, whatever was known before', () => {
    expect(
      verdict({ brokers: known(brokers('down', 'silent', 'down')), cluster: missed(known(cluster()), 'no answer') }),
    ).toEqual({ level: 'down', sentence: 'No broker answers: brokers 0 and 2 are down, broker 1 does not answer.' });
  });

  it.each<readonly [string, Partial<Observed>, string, string]>([
    [
      'a broker that is down',
      { brokers: known(brokers('serving', 'down', 'serving')) },
      'degraded',
      'Broker 1 is down.',
    ],
    [
      'brokers that are fenced',
      { brokers: known(brokers('serving', 'fenced', 'fenced')) },
      'degraded',
      'Brokers 1 and 2 are fenced.',
    ],
    [
      'replicas that are missing',
      { cluster: known(cluster({ topics: [topicStatus({ partitions: 2_000, underReplicated: 1_200 })] })) },
      'degraded',
      '1,200 of 2,000 partitions miss a replica.',
    ],
    [
      'a partition without a leader, before what is less bad',
      { cluster: known(cluster({ topics: [topicStatus({ offline: 1, underReplicated: 1 })] })) },
      'failing',
      '1 partition without a leader: no record can be read or written there; 1 of 6 partitions misses a replica.',
    ],
    [
      'partitions that refuse records',
      { cluster: known(cluster({ topics: [topicStatus({ belowMinIsr: 6 })] })) },
      'failing',
      '6 partitions with too few replicas in sync to accept records.',
    ],
    [
      'a quorum without a leader',
      { cluster: known(cluster({ quorum: undefined })) },
      'failing',
      'There is no active controller: no leader can be elected and no topic can be changed.',
    ],
    ['a controller that is behind', { cluster: voters(0, 60_000, 0) }, 'degraded', 'Controller 1 is behind.'],
    [
      'controllers of which the leader knows nothing',
      { cluster: voters(0, undefined, undefined) },
      'degraded',
      'Controllers 1 and 2 are behind.',
    ],
    [
      'a transaction that does not end',
      { cluster: known(cluster({ transactions: [open({ ageMs: 130_000 }), open({ ageMs: 20_000, partition: 5 })] })) },
      'degraded',
      'Open transactions block consumers with read_committed of orders-3.',
    ],
    [
      'a transaction that nobody ends, however old',
      { cluster: known(cluster({ transactions: [open({ state: 'hanging', ageMs: 10_000 })] })) },
      'degraded',
      'Open transactions block consumers with read_committed of orders-3.',
    ],
    [
      'an alert that fires, however often',
      { alerts: known([alert('Lag', 'firing'), alert('Lag', 'firing'), alert('Other', 'pending')]) },
      'degraded',
      'The alert Lag fires.',
    ],
    [
      'a cluster that cannot be read though brokers answer',
      { cluster: missed(known(cluster()), 'no answer within 2 s') },
      'degraded',
      'The cluster could not be read (no answer within 2 s).',
    ],
  ])('names %s', (_, change, level, sentence) => {
    expect(verdict(change)).toEqual({ level, sentence });
  });

  it('does not report a broker that is down again as a controller', () => {
    const change = { brokers: known(brokers('serving', 'down', 'serving')), cluster: voters(0, 60_000, 0) };
    expect(verdict(change).sentence).toBe('Broker 1 is down.');
  });

  it('ignores an alert that is only pending', () => {
    expect(verdict({ alerts: known([alert('Lag', 'pending')]) }).level).toBe('healthy');
  });
});
