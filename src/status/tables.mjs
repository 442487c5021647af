import { badge, element, lines, meter, row } from './dom.mjs';
import { ago, bytes, counted, duration, number, percent, rate } from './words.mjs';

const BROKER_STATES = {
  serving: ['good', 'serving'],
  fenced: ['warning', 'fenced'],
  silent: ['bad', 'not answering'],
  down: ['bad', 'down'],
};

const GROUP_STATES = {
  Stable: ['good', 'stable'],
  Empty: ['muted', 'no members'],
  PreparingRebalance: ['warning', 'rebalancing'],
  CompletingRebalance: ['warning', 'rebalancing'],
  Assigning: ['warning', 'rebalancing'],
  Reconciling: ['warning', 'rebalancing'],
};

/** More versions than these are told as a number. */
const LISTED = 4;

export const brokerCards = (brokers) =>
  brokers.map(({ id, address, state, leads, replicas, bytes: used, diskBytes }) =>
    element(
      'li',
      { class: 'box card' },
      element('h3', {}, `Broker ${id}`),
      badge(...BROKER_STATES[state]),
      element(
        'dl',
        {},
        ...fact('Address', address),
        ...fact('Leads', leads === undefined ? 'unknown' : counted(leads, 'partition')),
        ...fact('Holds', replicas === undefined ? 'unknown' : counted(replicas, 'replica')),
        ...fact('Logs', used === undefined ? 'unknown' : `${bytes(used)} of ${bytes(diskBytes)}`),
      ),
      ...(used === undefined ? [] : [meter(used / diskBytes)]),
    ),
  );

const fact = (name, value) => [element('dt', {}, name), element('dd', {}, value)];

export const voterRows = ({ leaderId, voters }) =>
  voters.map(({ id, lag, caughtUpMsAgo }) =>
    row(
      [
        lines(`Controller ${id}`, id === leaderId ? 'active' : 'follows'),
        lag === 0 ? 'nothing' : counted(lag, 'record'),
        caughtUpMsAgo === undefined ? undefined : ago(caughtUpMsAgo),
      ],
      [1, 2],
    ),
  );

/** @param isComplete whether every broker has told the sizes of its logs */
export const topicRows = (topics, isComplete) =>
  topics.map((topic) =>
    row(
      [
        lines(topic.name, topic.isInternal ? 'Kafka’s own' : ''),
        replicaState(topic),
        `${number(topic.partitions)} × ${topic.replicationFactor}`,
        topic.isInternal ? '–' : recordsOf(topic),
        topic.isInternal ? '–' : topic.recordsPerSecond === undefined ? undefined : rate(topic.recordsPerSecond),
        topic.retention === undefined ? undefined : kept(topic.retention),
        disk(topic, isComplete),
      ],
      [2, 3, 4],
    ),
  );

function replicaState({ offline, belowMinIsr, underReplicated }) {
  if (offline > 0) return badge('bad', `${number(offline)} without leader`);
  if (belowMinIsr > 0) return badge('bad', `${number(belowMinIsr)} refuse records`);
  if (underReplicated > 0) return badge('warning', `${number(underReplicated)} out of sync`);
  return badge('good', 'all in sync');
}

function recordsOf({ records, retention }) {
  if (records === undefined) return undefined;
  // Offsets of records that compaction has removed are gone without a trace.
  return records > 0 && retention?.cleanupPolicy.includes('compact') ? `up to ${number(records)}` : number(records);
}

function kept({ cleanupPolicy, ms, bytes: limit }) {
  const bounds = [ms < 0 && limit >= 0 ? '' : duration(ms), limit < 0 ? '' : `${bytes(limit)} a partition`];
  const bounded = bounds.filter((text) => text !== '').join(' or ');
  if (cleanupPolicy === 'compact') return lines('newest of each key');
  return cleanupPolicy.includes('compact') ? lines('newest of each key', bounded) : lines(bounded);
}

function disk({ bytes: used, limit }, isComplete) {
  const size = `${isComplete ? '' : 'at least '}${bytes(used)}`;
  if (limit === undefined) return size;
  const share = used / limit.bytes;
  const of = element('span', { class: 'muted', title: limit.arithmetic }, `${percent(share)} of ${bytes(limit.bytes)}`);
  return element('span', { class: 'disk' }, element('span', {}, size), of, meter(share));
}

export const groupRows = (groups) =>
  groups.map(({ group, type, state, members, topics }) => {
    const lags = topics.flatMap(({ lag }) => (lag === undefined ? [] : [lag]));
    return row(
      [
        type === 'share' || type === 'streams' ? lines(group, `${type} group`) : group,
        state === undefined ? undefined : badge(...(GROUP_STATES[state] ?? ['muted', state])),
        members === undefined ? undefined : number(members),
        lags.length === 0 ? undefined : number(lags.reduce((sum, lag) => sum + lag, 0)),
        topics.length === 0
          ? 'nothing read yet'
          : lines(...topics.map(({ topic, lag }) => `${topic}: ${lag === undefined ? 'unknown' : number(lag)}`)),
      ],
      [2, 3],
    );
  });

const TRANSACTION_STATES = {
  open: ['warning', 'open'],
  hanging: ['bad', 'hanging: nothing ends it'],
  unknown: ['warning', 'its coordinator does not tell'],
};

export const transactionRows = (transactions) =>
  transactions.map(({ topic, partition, transactionalId, producerId, state, ageMs, recordsBehind }) =>
    row(
      [
        `${topic}-${partition}`,
        badge(...TRANSACTION_STATES[state]),
        duration(ageMs),
        number(recordsBehind),
        transactionalId ?? `producer ${producerId}`,
      ],
      [2, 3],
    ),
  );

export const subjectRows = (subjects) =>
  subjects.map(({ subject, schemaType, versions, compatibility }) =>
    row([
      subject,
      schemaType,
      versions.length <= LISTED ? versions.join(', ') : `${number(versions.length)}, newest is ${versions.at(-1)}`,
      compatibility ?? 'the registry’s default',
    ]),
  );

export const alertRows = (alerts, now) =>
  alerts.map(({ name, state, severity, since, summary }) =>
    row([
      lines(name, summary),
      lines(state === 'firing' ? badge('bad', 'firing') : badge('warning', 'pending'), severity),
      ago(now - since),
    ]),
  );
