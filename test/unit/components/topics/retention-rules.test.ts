import { FOREVER, days, hours, mebibytes, minutes, seconds } from '../../../../src/validation/units';
import { problemsOf, topics, withValues } from '../../../../tools/support/config';
import { itRefuses, type Row } from '../../../support/refusals';

const REFUSED: readonly Row[] = [
  [
    'segments that outlive the retention',
    topics({ retentionMs: hours(1), segmentMs: days(7) }),
    'topics.0.segmentMs',
    /stays for up to 1 h \+ 7 d.*at most retentionMs, 1 h/,
  ],
  [
    'segments that outlive the brokers’ retention',
    { ...topics({ retentionMs: undefined, segmentMs: days(7) }), 'brokers/retentionMs': hours(2) },
    'topics.0.segmentMs',
    /keep records for 2 h/,
  ],
  [
    'records that are older than the retention',
    topics({ settings: { messageTimestampBeforeMaxMs: days(2) } }),
    'topics.0.settings.messageTimestampBeforeMaxMs',
    /acknowledge records of 2 d and keeps them for 1 h/,
  ],
  [
    'records of any age where they are deleted by it',
    topics({ settings: { messageTimestampBeforeMaxMs: FOREVER } }),
    'topics.0.settings.messageTimestampBeforeMaxMs',
    /of any age/,
  ],
  [
    'copies that are kept for less than their source',
    topics({ name: 'orders', retentionMs: hours(4) }, { name: 'copies', copiesOf: 'orders', retentionMs: hours(1) }),
    'topics.1.retentionMs',
    /up to 4 h \+ a segment of 1 h = 5 h/,
  ],
  [
    'copies that end where their source does not',
    topics(
      { name: 'orders', retentionMs: FOREVER, retentionBytes: mebibytes(16) },
      { name: 'copies', copiesOf: 'orders' },
    ),
    'topics.1.retentionMs',
    /any age.*FOREVER/,
  ],
  [
    'a least compaction lag above the greatest',
    topics({ settings: { minCompactionLagMs: hours(2), maxCompactionLagMs: hours(1) } }),
    'topics.0.settings.minCompactionLagMs',
    /before 2 h and must be compacted after 1 h/,
  ],
  [
    'a greatest compaction lag below the least of the brokers',
    {
      ...topics({ settings: { maxCompactionLagMs: hours(1) } }),
      'brokers/properties/log.cleaner.min.compaction.lag.ms': 7_200_000,
    },
    'topics.0.settings.maxCompactionLagMs',
    /before 2 h and must be compacted after 1 h.*at least 2 h/,
  ],
  [
    'offsets that are forgotten before the records',
    { ...topics({ retentionMs: days(30) }), 'brokers/properties/offsets.retention.minutes': 10_080 },
    'brokers.properties.offsets.retention.minutes',
    /up to 30 d \+ a segment of 7 d \+ 1 d of margin = 38 d old, offsets are kept for 7 d.*at least 54720/,
  ],
  [
    'offsets that are forgotten where records are kept for ever',
    {
      ...topics({ retentionMs: FOREVER, retentionBytes: mebibytes(16) }),
      'brokers/properties/offsets.retention.minutes': '54720',
    },
    'brokers.properties.offsets.retention.minutes',
    /has unlimited retention.*at least 2147483647 \(for ever\)/,
  ],
  [
    'looks for what to delete that come too seldom',
    { ...topics({ retentionMs: minutes(1) }), 'brokers/properties/log.retention.check.interval.ms': 600_000 },
    'brokers.properties.log.retention.check.interval.ms',
    /every 10 min.*kept for 1 min/,
  ],
  [
    'looks for what to delete that come later than the shortest of all retentions',
    {
      ...topics({ retentionMs: days(7) }, { retentionMs: hours(2) }, { retentionMs: days(1) }),
      'brokers/properties/log.retention.check.interval.ms': 7_200_001,
    },
    'brokers.properties.log.retention.check.interval.ms',
    /records of topic-1, kept for 2 h.*at most 7200000 /,
  ],
  [
    'offsets that are forgotten a minute too early',
    { ...topics({ retentionMs: days(30) }), 'brokers/properties/offsets.retention.minutes': 54_719 },
    'brokers.properties.offsets.retention.minutes',
    /at least 54720/,
  ],
  [
    'a least compaction lag above the greatest of the brokers',
    {
      ...topics({ settings: { minCompactionLagMs: hours(2) } }),
      'brokers/properties/log.cleaner.max.compaction.lag.ms': 3_600_000,
    },
    'topics.0.settings.minCompactionLagMs',
    /before 2 h and must be compacted after 1 h.*at most 1 h/,
  ],
];

describe('the configuration refuses, of retention,', () => {
  itRefuses(REFUSED);

  it.each([
    ['a segment of the retention', topics({ segmentMs: hours(1) })],
    ['copies that are kept as long as their source', topics({ name: 'orders' }, { name: 'c', copiesOf: 'orders' })],
    [
      'any time where the brokers set it',
      topics({ settings: { messageTimestampType: 'LogAppendTime', messageTimestampBeforeMaxMs: FOREVER } }),
    ],
    ['a derived segment of a retention of seconds', topics({ retentionMs: seconds(5) })],
    [
      'the greatest compaction lag as the least',
      topics({ settings: { minCompactionLagMs: hours(1), maxCompactionLagMs: hours(1) } }),
    ],
    [
      'offsets that are kept just as long as they are needed',
      { ...topics({ retentionMs: days(30) }), 'brokers/properties/offsets.retention.minutes': 54_720 },
    ],
    [
      'Kafka’s own interval of looks, however short a retention is',
      { ...topics({ retentionMs: minutes(1) }), 'brokers/properties/log.retention.check.interval.ms': 300_000 },
    ],
    [
      'looks as often as the shortest retention',
      { ...topics({ retentionMs: hours(2) }), 'brokers/properties/log.retention.check.interval.ms': 7_200_000 },
    ],
    [
      'copies of less retention whose time the brokers set',
      topics(
        { name: 'orders', retentionMs: hours(4) },
        { name: 'c', copiesOf: 'orders', retentionMs: hours(1), settings: { messageTimestampType: 'LogAppendTime' } },
      ),
    ],
  ])('but not %s', (_, changes) => {
    expect(problemsOf(withValues(changes))).toEqual([]);
  });

  it('contradictions within the brokers’ own properties once, at the brokers', () => {
    const lags = { 'min.compaction.lag.ms': 7_200_000, 'max.compaction.lag.ms': 3_600_000 };
    const given = Object.entries(lags).map(([name, value]) => [`brokers/properties/log.cleaner.${name}`, value]);
    const problems = problemsOf(withValues({ ...topics({}, {}), ...(Object.fromEntries(given) as object) }));
    expect(problems.map(({ path }) => path).filter((path) => path.startsWith('topics'))).toEqual([]);
    expect(problems).not.toEqual([]);
  });
});
