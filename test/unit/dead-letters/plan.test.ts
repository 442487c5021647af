import { days, FOREVER, hours } from '../../../src/validation/units';
import { deadLetterData, deadLetterList, planText } from '../../../src/dead-letters/format';
import { countOf, planReplay } from '../../../src/dead-letters/plan';
import type { PartitionDeadLetters } from '../../../src/dead-letters/read-dead-letters';
import { deadLetter } from './dead-letter-builders';

const NOW = days(100);
const young = NOW - hours(2);
const old = NOW - days(2) + hours(1) - 1;

const partitions: readonly PartitionDeadLetters[] = [
  {
    partition: 0,
    deadLetters: [3n, 8n, 12n].map((offset) => deadLetter({ offset, timestamp: young })),
    replayed: new Map([[8n, NOW]]),
  },
  { partition: 1, deadLetters: [], replayed: new Map() },
  {
    partition: 2,
    deadLetters: [
      deadLetter({ partition: 2, offset: 5n, timestamp: young }),
      deadLetter({ partition: 2, offset: 6n, timestamp: old }),
    ],
    replayed: new Map(),
  },
];

const plan = (different: Partial<Parameters<typeof planReplay>[0]> = {}) =>
  planReplay({
    partitions,
    now: NOW,
    from: 'orders.inventory.dlq',
    topicId: '2NQ3cV6hQ3mQ1dR0f1Qd8w',
    to: { topic: 'orders.inventory.retry.5s', isRetry: true },
    retentionMs: days(2),
    otherReaders: [],
    ...different,
  });

describe('the plan of a replay', () => {
  it('contains records that were not replayed before, by partition', () => {
    expect(plan().partitions).toEqual([
      { partition: 0, offsets: [3n, 12n] },
      { partition: 2, offsets: [5n] },
    ]);
    expect(plan()).toMatchObject({ replayedBefore: 1, tooOld: 1 });
    expect(countOf(plan())).toBe(3);
  });

  it('leaves out no record as too old with unlimited retention', () => {
    expect(plan({ retentionMs: FOREVER })).toMatchObject({ tooOld: 0 });
  });

  it('has this text', () => {
    expect(planText(plan())).toBe(
      [
        'orders.inventory.dlq -> orders.inventory.retry.5s',
        '  partition 0: 2 dead letter records, offsets 3 to 12',
        '  partition 2: 1 dead letter record, offset 5',
        'skipped: 1 replayed before',
        'skipped: 1 too old: orders.inventory.retry.5s keeps records for 2 d',
        '         --target source writes to a topic that may keep them longer',
      ].join('\n'),
    );
  });

  it('names other groups that read the copies', () => {
    const source = { to: { topic: 'orders', isRetry: false }, otherReaders: ['email', 'payment'] } as const;
    expect(planText(plan(source))).toContain(
      'orders is also read by other groups, which receive the copies, too: email, payment',
    );
    expect(planText(plan({ ...source, partitions: [] }))).toBe('orders.inventory.dlq -> orders');
  });
});

describe('the list of dead letter records', () => {
  it('has a line for each, with the time of its replay', () => {
    const [first = ''] = deadLetterList('orders.inventory.dlq', partitions).split('\n');
    expect(first).toBe(`0@3  from orders-0@7  key key  ${iso(young)}  after 3 attempts  TypeError: no such SKU`);
    expect(deadLetterList('orders.inventory.dlq', partitions)).toContain(`replayed ${iso(NOW)}`);
    expect(deadLetterList('orders.inventory.dlq', partitions)).toMatch(
      /\norders.inventory.dlq: 5 dead letter records, 1 replayed$/,
    );
  });

  it('escapes foreign text that would move the cursor', () => {
    const deadLetters = [deadLetter({ key: 'k\u202e', message: 'a\u001b[2Jb\r\nc' })];
    expect(deadLetterList('t', [{ partition: 0, deadLetters, replayed: new Map() }])).toMatch(
      /key k\\u\{202e\} .*a\\x1b\[2Jb\\x0d\\x0ac/,
    );
  });

  it('has the same contents as JSON', () => {
    expect(deadLetterData(partitions)[1]).toEqual({
      partition: 0,
      offset: '8',
      first: 'orders-0@7',
      time: iso(young),
      key: 'key',
      tombstone: false,
      error: { class: 'TypeError', message: 'no such SKU' },
      attempts: 3,
      replayedAt: iso(NOW),
    });
  });
});

const iso = (time: number): string => new Date(time).toISOString();
