import { days, mebibytes, seconds } from '../../../../src/validation/units';
import { problemsOf, topics, validConfig, withValues } from '../../../../tools/support/config';
import { itRefuses, type Row } from '../../../support/refusals';

const LIMITS: readonly Row[] = [
  [
    'a heap that fits the memory only without buffers',
    { 'brokers/nodePools/0/memory': mebibytes(800) },
    'brokers.nodePools.0.memory',
    /512 MiB \+ 316 MiB of buffers \+ 160 MiB .* = 988 MiB; with 800 MiB/,
  ],
  [
    'more requests that wait than half of the heap takes',
    { 'brokers/queuedRequestsMax': mebibytes(256) },
    'brokers.nodePools.0.heap',
    /256 MiB of requests that wait \+ one more of 16 MiB \+ 2048 connections x 32 KiB = 336 MiB/,
  ],
  [
    'more connections than half of the heap takes',
    { 'brokers/maxConnections': 20_000 },
    'brokers.nodePools.0.heap',
    /20000 connections x 32 KiB/,
  ],
  [
    'a queue that the largest request does not fit into',
    { 'brokers/queuedRequestsMax': mebibytes(8) },
    'brokers.queuedRequestsMax',
    /would never fit/,
  ],
  [
    'DEBUG for everything, requests included',
    { 'brokers/logLevel': 'DEBUG' },
    'brokers.logLevel',
    /ERROR, WARN or INFO/,
  ],
  ...['-Xmx4g', '-XX:MaxHeapSize=4g', '-XX:-ExitOnOutOfMemoryError', '-XX:ActiveProcessorCount=4'].map(
    (option): Row => [
      `the JVM option ${option}, which is derived`,
      { 'brokers/jvmOptions': ['-XX:+UseZGC', option] },
      'brokers.jvmOptions.1',
      /derived from the node pool/,
    ],
  ),
  ...["-Dname='x'", '-XX:+UseZGC -Xlog', 'UseZGC', '-Dx=$(id)'].map((option): Row => [
    `the JVM option ${option}`,
    { 'brokers/jvmOptions': [option] },
    'brokers.jvmOptions.0',
    /no option of the JVM/,
  ]),
  ['no JVM option', { 'brokers/jvmOptions': [] }, 'brokers.jvmOptions', /the list is empty/],
  ...['org.apache.kafka.clients.NetworkClient', 'org.apache.kafka', 'kafka.request.logger', 'kafka'].map(
    (name): Row => [
      `DEBUG for ${name}, which covers whole requests`,
      { 'brokers/loggers': { [name]: 'DEBUG' } },
      `brokers.loggers.${name}`,
      /CVE-2026-33558/,
    ],
  ),
];

/** A segment every second for a day, in six partitions. */
const MANY_SEGMENTS = {
  topics: [{ ...validConfig.topics[0], segmentMs: seconds(1), retentionMs: days(1) }],
};

const MAPS: readonly Row[] = [
  [
    'more segments than nodes allow maps for',
    MANY_SEGMENTS,
    'brokers.maxMapCount',
    /518406 segments x 2 maps \+ 5000 = 1041812 maps[\s\S]*orders: 1555218 segments/,
  ],
];

const TOLERATION = 'brokers.nodePools.0.scheduling.tolerations.0';
const tolerations = (...all: readonly object[]) => ({ 'brokers/nodePools/0/scheduling/tolerations': all });

const SCHEDULING: readonly Row[] = [
  ['a toleration of nothing', tolerations({ effect: 'NoSchedule' }), `${TOLERATION}.operator`, /without a key/],
  [
    'a toleration of nothing, of all but brokers',
    { 'scheduling/tolerations': [{ operator: 'Exists' }, { effect: 'NoSchedule' }] },
    'scheduling.tolerations.1.operator',
    /without a key/,
  ],
  [
    'a value that nothing looks at',
    tolerations({ key: 'pool', operator: 'Exists', value: 'kafka' }),
    `${TOLERATION}.value`,
    /ignores values/,
  ],
  [
    'a time beside a taint that takes nothing away',
    tolerations({ key: 'pool', effect: 'NoSchedule', tolerationSeconds: 5 }),
    `${TOLERATION}.tolerationSeconds`,
    /only taints with the effect NoExecute/,
  ],
  [
    'an effect that there is not',
    { 'scheduling/tolerations': [{ key: 'pool', effect: 'Never' }] },
    'scheduling.tolerations.0.effect',
    /NoSchedule, PreferNoSchedule or NoExecute/,
  ],
  ['a label without a key', { 'scheduling/nodeSelector': { '': 'x' } }, 'scheduling.nodeSelector.', /./],
  [
    'a label’s value with blanks',
    { 'brokers/nodePools/0/scheduling/nodeSelector': { pool: 'of kafka' } },
    'brokers.nodePools.0.scheduling.nodeSelector.pool',
    /letters, digits/,
  ],
  [
    'a class with capitals',
    { 'brokers/nodePools/0/scheduling/priorityClassName': 'High' },
    'brokers.nodePools.0.scheduling.priorityClassName',
    /lower-case/,
  ],
];

describe('the configuration refuses, of limits of the brokers,', () => {
  itRefuses([...LIMITS, ...MAPS]);
});

describe('the configuration refuses, of scheduling,', () => {
  itRefuses(SCHEDULING);
});

it('tolerations that an API server accepts are accepted', () => {
  const all = [
    { operator: 'Exists' },
    { key: 'pool', operator: 'Exists', value: '' },
    { key: 'pool', operator: 'Equal', value: 'kafka', effect: 'NoExecute', tolerationSeconds: 5 },
  ];
  expect(problemsOf(withValues({ ...tolerations(...all), 'scheduling/tolerations': all }))).toEqual([]);
});

it('loggers that write no requests may have any level', () => {
  expect(
    problemsOf(withValues({ 'brokers/loggers': { 'kafka.controller': 'TRACE', 'org.apache.kafka': 'WARN' } })),
  ).toEqual([]);
});

it('the number of segments may reach the limit of the nodes', () => {
  expect(problemsOf(withValues({ ...MANY_SEGMENTS, 'brokers/maxMapCount': 1_041_812 }))).toEqual([]);
});

it('the three topics with the most segments are reported if there are too many', () => {
  const many = [3, 1, 4, 2].map((partitions) => ({ segmentMs: seconds(1), retentionMs: days(1), partitions }));
  const problem = problemsOf(withValues(topics(...many))).find(({ path }) => path === 'brokers.maxMapCount');
  expect([...(problem?.message ?? '').matchAll(/^ +(topic-\d): /gm)].map(([, name]) => name)).toEqual([
    'topic-2',
    'topic-0',
    'topic-3',
  ]);
});

it('an unbounded topic is reported as such, and not by its segments', () => {
  const problems = problemsOf(withValues(topics({ expectedIngress: undefined })));
  expect(problems.map(({ path }) => path)).toEqual(['topics.0']);
});
