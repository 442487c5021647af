import { OPEN_TOO_LONG } from '../monitoring/thresholds';
import { valueOf, type Part } from './part';
import type { AlertStatus, BrokerState, BrokerStatus, ClusterStatus, TopicStatus, TransactionStatus } from './status';

/** A voter fetches twice per second. A faulty voter stays behind for much longer. */
const VOTER_BEHIND_MS = 10_000;

/** Maximum number of partitions that are listed; beyond it only their number is given. */
const NAMED = 3;

/**
 * `degraded`: all records can be read and written, with reduced redundancy. `failing`: some records cannot. `down`:
 * none can. `unknown`: nothing has been read yet.
 */
export type Level = 'healthy' | 'degraded' | 'failing' | 'down' | 'unknown';

/** A summary of the platform's state. */
export interface Verdict {
  readonly level: Level;
  /** One sentence. */
  readonly sentence: string;
}

interface Observed {
  readonly brokers: Part<readonly BrokerStatus[]>;
  readonly cluster: Part<ClusterStatus>;
  readonly alerts: Part<readonly AlertStatus[]>;
}

interface Finding {
  readonly level: 'degraded' | 'failing';
  readonly text: string;
}

export function verdictOf({ brokers, cluster, alerts }: Observed): Verdict {
  const all = valueOf(brokers) ?? [];
  if (all.length === 0) return { level: 'unknown', sentence: 'The first reading of the brokers is in progress.' };
  if (all.every(({ state }) => state === 'down' || state === 'silent')) {
    return { level: 'down', sentence: `No broker answers: ${brokersInWords(all)}.` };
  }
  const findings = [...brokerFindings(all), ...clusterFindings(cluster, all), ...alertFindings(valueOf(alerts) ?? [])];
  if (findings.length === 0) {
    return {
      level: 'healthy',
      sentence: `${all.length === 1 ? 'The broker serves' : `All ${all.length} brokers serve`}, and every replica is in sync.`,
    };
  }
  const level = findings.some((finding) => finding.level === 'failing') ? 'failing' : 'degraded';
  const worstFirst = [...findings].sort((a, b) => Number(b.level === 'failing') - Number(a.level === 'failing'));
  return { level, sentence: asSentence(worstFirst.map(({ text }) => text)) };
}

const STATES: Readonly<Record<Exclude<BrokerState, 'serving'>, readonly [one: string, many: string]>> = {
  down: ['is down', 'are down'],
  silent: ['does not answer', 'do not answer'],
  fenced: ['is fenced', 'are fenced'],
};

function brokerFindings(brokers: readonly BrokerStatus[]): readonly Finding[] {
  const text = brokersInWords(brokers);
  return text === '' ? [] : [{ level: 'degraded', text }];
}

/** `broker 1 is down, brokers 0 and 2 are fenced`. */
const brokersInWords = (brokers: readonly BrokerStatus[]): string =>
  Object.entries(STATES)
    .flatMap(([state, [one, many]]) => {
      const ids = brokers.filter((broker) => broker.state === state).map(({ id }) => id);
      if (ids.length === 0) return [];
      return [ids.length === 1 ? `broker ${ids.join('')} ${one}` : `brokers ${listed(ids)} ${many}`];
    })
    .join(', ');

function clusterFindings(part: Part<ClusterStatus>, brokers: readonly BrokerStatus[]): readonly Finding[] {
  if (part.kind === 'stale' || part.kind === 'unknown') {
    return [{ level: 'degraded', text: `the cluster could not be read (${part.problem})` }];
  }
  if (part.kind !== 'known') return [];
  return [
    ...topicFindings(part.value.topics),
    ...quorumFindings(part.value, brokers),
    ...transactionFindings(part.value.transactions),
  ];
}

function topicFindings(topics: readonly TopicStatus[]): readonly Finding[] {
  const sum = (of: 'partitions' | 'offline' | 'belowMinIsr' | 'underReplicated'): number =>
    topics.reduce((total, topic) => total + topic[of], 0);
  const [offline, refusing, missing] = [sum('offline'), sum('belowMinIsr'), sum('underReplicated')];
  return [
    ...findingIf(offline, 'failing', `${partitions(offline)} without a leader: no record can be read or written there`),
    ...findingIf(refusing, 'failing', `${partitions(refusing)} with too few replicas in sync to accept records`),
    ...findingIf(
      missing,
      'degraded',
      `${count(missing)} of ${partitions(sum('partitions'))} ${missing === 1 ? 'misses' : 'miss'} a replica`,
    ),
  ];
}

function quorumFindings({ quorum }: ClusterStatus, brokers: readonly BrokerStatus[]): readonly Finding[] {
  if (quorum?.leaderId === undefined) {
    return [
      { level: 'failing', text: 'there is no active controller: no leader can be elected and no topic can be changed' },
    ];
  }
  const serving = new Set(brokers.filter(({ state }) => state === 'serving').map(({ id }) => id));
  // If a broker is down, the lag of its controller need not be reported in addition.
  const behind = quorum.voters.filter(
    ({ id, caughtUpMsAgo }) => serving.has(id) && (caughtUpMsAgo === undefined || caughtUpMsAgo > VOTER_BEHIND_MS),
  );
  const ids = behind.map(({ id }) => id);
  const text = ids.length === 1 ? `controller ${ids.join('')} is behind` : `controllers ${listed(ids)} are behind`;
  return findingIf(ids.length, 'degraded', text);
}

/** Records behind an open transaction are accepted, but `read_committed` consumers do not see them. */
function transactionFindings(transactions: readonly TransactionStatus[]): readonly Finding[] {
  const old = transactions.filter(({ state, ageMs }) => state === 'hanging' || ageMs >= OPEN_TOO_LONG);
  const places = [...new Set(old.map(({ topic, partition }) => `${topic}-${partition}`))];
  const some = places.length <= NAMED ? listed(places) : partitions(places.length);
  return findingIf(places.length, 'degraded', `open transactions block consumers with read_committed of ${some}`);
}

function alertFindings(alerts: readonly AlertStatus[]): readonly Finding[] {
  const names = [...new Set(alerts.filter(({ state }) => state === 'firing').map(({ name }) => name))];
  const text = names.length === 1 ? `the alert ${names.join('')} fires` : `alerts fire: ${names.join(', ')}`;
  return findingIf(names.length, 'degraded', text);
}

const findingIf = (count: number, level: Finding['level'], text: string): readonly Finding[] =>
  count === 0 ? [] : [{ level, text }];

const count = (value: number): string => value.toLocaleString('en');
const partitions = (value: number): string => `${count(value)} partition${value === 1 ? '' : 's'}`;

/** `0 and 2`; `0, 1 and 2`. */
const listed = (items: readonly (string | number)[]): string =>
  [items.slice(0, -1).join(', '), items.slice(-1).join('')].filter((text) => text !== '').join(' and ');

function asSentence(texts: readonly string[]): string {
  const text = texts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
