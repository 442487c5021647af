import { byId, fill, say } from './dom.mjs';
import { figures, throughputChart } from './chart.mjs';
import { alertRows, brokerCards, groupRows, subjectRows, topicRows, transactionRows, voterRows } from './tables.mjs';
import { ago, counted, duration, number, rate } from './words.mjs';

const POLL_MS = 2_000;
const TIMEOUT_MS = 5_000;

const LEVELS = { healthy: 'Healthy', degraded: 'Degraded', failing: 'Failing', down: 'Down', unknown: 'Reading' };

/** The last answer and when it came, by this page's clock. */
let last;
let isLost = false;

async function refresh() {
  try {
    const response = await fetch('/status.json', { signal: AbortSignal.timeout(TIMEOUT_MS) });
    last = { status: await response.json(), at: performance.now() };
    isLost = false;
  } catch {
    isLost = true;
  }
  show();
}

function show() {
  document.body.classList.toggle('lost', isLost);
  if (last !== undefined) showStatus(last.status);
  if (isLost)
    showVerdict('unknown', 'Out of reach', 'The platform’s process does not answer; below is what was last known.');
  showAge();
}

function showStatus(status) {
  const { verdict, brokers, cluster, schemas, alerts, now } = status;
  document.title = `${LEVELS[verdict.level]} · ${status.name}`;
  say(byId('name'), status.name);
  say(byId('about'), `· Kafka ${status.kafkaVersion} · cluster ${status.clusterId}`);
  showVerdict(verdict.level, LEVELS[verdict.level], verdict.sentence);
  showPart('brokers', brokers, {
    nodes: brokerCards,
    summary: (all) => `${all.filter(({ state }) => state === 'serving').length} of ${all.length} serve`,
  });
  showPart('quorum', cluster, {
    of: ({ quorum }) => quorum,
    nodes: (quorum) => (quorum === undefined ? [] : voterRows(quorum)),
    summary: (quorum) => (quorum === undefined ? '' : `epoch ${number(quorum.epoch)}`),
    empty: 'The controllers do not tell who leads.',
  });
  showThroughput(status);
  const isWhole = (cluster.value?.problems.length ?? 0) === 0;
  const isComplete = brokers.value?.every(({ bytes }) => bytes !== undefined);
  showPart('topics', cluster, {
    of: ({ topics }) => ownFirst(topics),
    nodes: (topics) => topicRows(topics, isComplete),
    summary: topicsInWords,
    empty: 'There is no topic yet.',
    problems: cluster.value?.problems,
  });
  showPart('groups', cluster, {
    of: ({ groups }) => groups,
    nodes: groupRows,
    summary: (groups) => groupsInWords(groups, cluster.value?.leftOutGroups ?? 0),
    empty: isWhole ? 'No consumer group has joined or committed anything yet.' : 'No consumer group is known.',
  });
  const transactions = byId('transactions');
  showPart('transactions', cluster, {
    of: ({ transactions: open }) => open,
    nodes: transactionRows,
    summary: () => 'open for 10 seconds or longer: committed records behind them are not read',
  });
  transactions.hidden = (cluster.value?.transactions.length ?? 0) === 0;
  showPart('schemas', schemas, {
    nodes: subjectRows,
    summary: (all) => (all.length === 0 ? '' : counted(all.length, 'subject')),
    empty: 'No schema is registered yet.',
  });
  showPart('alerts', alerts, {
    nodes: (all) => alertRows(all, now),
    summary: (all) =>
      all.length === 0 ? '' : `${all.filter(({ state }) => state === 'firing').length} of ${all.length} fire`,
    empty: 'No alert is pending or firing.',
  });
}

function showVerdict(level, word, sentence) {
  byId('verdict').dataset.level = level;
  say(byId('level'), word);
  say(byId('sentence'), sentence);
}

function groupsInWords(groups, leftOut) {
  const shown = groups.length === 0 ? '' : counted(groups.length, 'group');
  const others = leftOut === 0 ? '' : `${number(leftOut)} left out by monitoring.lagExporter.ignoreGroups`;
  return [shown, others].filter((text) => text !== '').join(', ');
}

const ownFirst = (topics) => [...topics].sort((a, b) => Number(a.isInternal) - Number(b.isInternal));

function topicsInWords(topics) {
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  return topics.length === 0 ? '' : `${counted(topics.length, 'topic')}, ${counted(partitions, 'partition')}`;
}

/** One section: its content, and a note when there is none, when it is old or when something is missing from it. */
function showPart(id, part, { of = (value) => value, nodes, summary, empty = '', problems = [] }) {
  const section = byId(id);
  const value = 'value' in part ? of(part.value) : undefined;
  const filled = 'value' in part ? nodes(value) : [];
  const content = section.querySelector('.content');
  fill(content.querySelector('tbody') ?? content, filled);
  content.hidden = filled.length === 0;
  section.classList.toggle('stale', part.kind === 'stale');
  say(section.querySelector('small'), 'value' in part ? summary(value) : '');
  const note = section.querySelector('.note');
  say(note, noteOf(part, filled.length === 0 ? empty : missing(problems)));
  note.hidden = note.textContent === '';
}

const missing = (problems) => (problems.length === 0 ? '' : `Not everything could be read: ${problems.join('; ')}.`);

function noteOf(part, otherwise) {
  switch (part.kind) {
    case 'pending':
      return 'Reading.';
    case 'left-out':
      return `Left out: ${part.reason}.`;
    case 'unknown':
      return `Could not be read: ${part.problem}.`;
    case 'stale':
      return `Last known state, read ${ago(last.status.now - part.readAt)}. Since then: ${part.problem}. ${otherwise}`.trimEnd();
    default:
      return otherwise;
  }
}

function showThroughput({ throughput, now, cluster }) {
  const section = byId('throughput');
  const content = section.querySelector('.content');
  content.hidden = throughput.length === 0;
  section.querySelector('.note').hidden = throughput.length > 0;
  if (throughput.length === 0) return;
  for (const [name, value] of Object.entries(figures(throughput))) say(byId(`rate-${name}`), `${rate(value)}/s`);
  if (cluster.kind !== 'known') say(byId('rate-now'), 'unknown');
  fill(byId('chart'), [throughputChart(throughput, now, byId('chart').clientWidth)]);
}

/** Between two answers time goes on. */
function showAge() {
  if (last === undefined) return;
  const { status, at } = last;
  const readAt = status.brokers.readAt;
  if (readAt === undefined) return;
  const age = status.now - readAt + performance.now() - at;
  say(byId('age'), `Read ${ago(age)}; the brokers are asked every ${duration(status.intervalMs)}.`);
}

/** Nobody looks at a hidden page. */
async function keepFresh() {
  if (!document.hidden) await refresh();
  setTimeout(keepFresh, POLL_MS);
}

document.addEventListener('visibilitychange', () => void (document.hidden || refresh()));
new ResizeObserver(() => last && showThroughput(last.status)).observe(byId('chart'));
setInterval(showAge, 1_000);
void keepFresh();
