import { days, FOREVER, hours } from '../../../src/config/units';
import { letterData, letterList, planText } from '../../../src/dead-letters/format';
import { countOf, planReplay } from '../../../src/dead-letters/plan';
import type { Survey } from '../../../src/dead-letters/survey';
import { letter } from './letters';

const NOW = days(100);
const young = NOW - hours(2);
const old = NOW - days(2) + hours(1) - 1;

const surveys: readonly Survey[] = [
  {
    partition: 0,
    letters: [3n, 8n, 12n].map((offset) => letter({ offset, timestamp: young })),
    replayed: new Map([[8n, NOW]]),
  },
  { partition: 1, letters: [], replayed: new Map() },
  {
    partition: 2,
    letters: [
      letter({ partition: 2, offset: 5n, timestamp: young }),
      letter({ partition: 2, offset: 6n, timestamp: old }),
    ],
    replayed: new Map(),
  },
];

const plan = (different: Partial<Parameters<typeof planReplay>[0]> = {}) =>
  planReplay({
    surveys,
    now: NOW,
    from: 'orders.inventory.dlq',
    to: { topic: 'orders.inventory.retry.5s', isRetry: true },
    retentionMs: days(2),
    otherReaders: [],
    ...different,
  });

describe('the plan of a replay', () => {
  it('has what was not replayed before, by partition', () => {
    expect(plan().partitions).toEqual([
      { partition: 0, offsets: [3n, 12n] },
      { partition: 2, offsets: [5n] },
    ]);
    expect(plan()).toMatchObject({ replayedBefore: 1, tooOld: 1 });
    expect(countOf(plan())).toBe(3);
  });

  it('leaves out nothing as too old where records stay for ever', () => {
    expect(plan({ retentionMs: FOREVER })).toMatchObject({ tooOld: 0 });
  });

  it('reads so', () => {
    expect(planText(plan())).toBe(
      [
        'orders.inventory.dlq -> orders.inventory.retry.5s',
        '  partition 0: 2 letters, offsets 3 to 12',
        '  partition 2: 1 letter, offset 5',
        'skipped: 1 replayed before',
        'skipped: 1 too old: orders.inventory.retry.5s keeps records for 2 d',
        '         --target source writes to a topic that may keep them longer',
      ].join('\n'),
    );
  });

  it('names who else reads the copies, if there are any', () => {
    const source = { to: { topic: 'orders', isRetry: false }, otherReaders: ['email', 'payment'] } as const;
    expect(planText(plan(source))).toContain(
      'orders is read by others too, who get the copies as well: email, payment',
    );
    expect(planText(plan({ ...source, surveys: [] }))).toBe('orders.inventory.dlq -> orders');
  });
});

describe('the list of letters', () => {
  it('has a line for each, and says when it was replayed', () => {
    const [first = ''] = letterList('orders.inventory.dlq', surveys).split('\n');
    expect(first).toBe(`0@3  from orders-0@7  ${iso(young)}  after 3 attempts  TypeError: no such SKU`);
    expect(letterList('orders.inventory.dlq', surveys)).toContain(`replayed ${iso(NOW)}`);
    expect(letterList('orders.inventory.dlq', surveys)).toMatch(/\norders.inventory.dlq: 5 letters, 1 replayed$/);
  });

  it('keeps what others wrote from moving the cursor', () => {
    const letters = [letter({ message: 'a\u001b[2Jb\r\nc' })];
    expect(letterList('t', [{ partition: 0, letters, replayed: new Map() }])).toContain('a [2Jb c');
  });

  it('has the same for machines', () => {
    expect(letterData(surveys)[1]).toEqual({
      partition: 0,
      offset: '8',
      first: 'orders-0@7',
      time: iso(young),
      key: 'key',
      error: { class: 'TypeError', message: 'no such SKU' },
      attempts: 3,
      replayedAt: iso(NOW),
    });
  });
});

const iso = (time: number): string => new Date(time).toISOString();
