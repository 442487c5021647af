import { countSteps, formatPlan } from '../../../../src/components/schemas/format-plan';
import type { LiveSubject } from '../../../../src/components/schemas/live-subjects';
import { planSchemas, type Step } from '../../../../src/components/schemas/plan';
import { differencesIn } from '../../../../src/components/schemas/verify';
import { sameSchema } from '../../../../src/avro/schema-tree';
import type { AvroSchema, Subject } from '../../../../src/avro/subject';
import { A, B, color, field, record } from './builders';

const V1 = record([A]);
const V2 = record([A, { ...B, default: 0 }]);
const V3 = record([A, { ...B, default: 0 }, { name: 'c', type: ['null', 'string'], default: null }]);

const subject = (override: Partial<Subject> = {}): Subject => ({
  subject: 'orders-value',
  compatibility: 'FULL',
  versions: [V1, V2],
  ...override,
});

const live = (versions: readonly AvroSchema[], override: Partial<LiveSubject> = {}): LiveSubject => ({
  subject: 'orders-value',
  compatibility: 'FULL',
  versions: versions.map((schema, index) => ({ version: index + 1, schemaType: 'AVRO', schema })),
  ...override,
});

const plan = (
  desired: readonly Subject[],
  found: readonly LiveSubject[],
  others: readonly string[] = [],
): readonly Step[] => planSchemas({ desired, live: found, all: [...found.map((one) => one.subject), ...others] });

describe('a plan of schemas', () => {
  it('creates a subject that is missing, with all of its versions', () => {
    expect(plan([subject()], [])).toEqual([{ kind: 'create', subject: 'orders-value', definition: subject() }]);
  });

  it('leaves a matching subject unchanged', () => {
    expect(plan([subject()], [live([V1, V2])])).toEqual([{ kind: 'unchanged', subject: 'orders-value' }]);
  });

  it('registers the versions after the last registered one, in order', () => {
    expect(plan([subject({ versions: [V1, V2, V3] })], [live([V1])])).toEqual([
      {
        kind: 'change',
        subject: 'orders-value',
        register: [
          { version: 2, schema: V2 },
          { version: 3, schema: V3 },
        ],
      },
    ]);
  });

  it('sets a different level, and also one that is only the registry’s default, which may change', () => {
    const none = { kind: 'change', register: [] };
    expect(plan([subject()], [live([V1, V2], { compatibility: 'BACKWARD' })])).toMatchObject([
      { ...none, level: { before: 'BACKWARD', after: 'FULL' } },
    ]);
    expect(plan([subject()], [live([V1, V2], { compatibility: undefined })])).toMatchObject([
      { ...none, level: { before: '(not set)', after: 'FULL' } },
    ]);
  });

  it('leaves subjects unchanged that are not in the catalogue', () => {
    expect(plan([subject()], [live([V1, V2])], ['foreign-value'])).toEqual([
      { kind: 'unmanaged', subject: 'foreign-value' },
      { kind: 'unchanged', subject: 'orders-value' },
    ]);
  });

  it('removes a foreign mode from a subject', () => {
    const steps = plan([subject()], [live([V1, V2], { mode: 'READONLY' })]);
    const mode = { before: 'READONLY', after: 'READWRITE' };
    expect(steps).toEqual([{ kind: 'change', subject: 'orders-value', mode, register: [] }]);
    expect(formatPlan(steps)).toContain('mode: READONLY -> READWRITE');
    expect(differencesIn(steps)).toEqual(['orders-value: mode is READONLY instead of READWRITE']);
    expect(plan([subject()], [live([V1, V2], { mode: 'READWRITE' })])).toMatchObject([{ kind: 'unchanged' }]);
  });

  it('forbids everything in a registry that is read-only', () => {
    const found = [live([V1, V2])];
    expect(planSchemas({ desired: [subject()], live: found, all: [], mode: 'IMPORT' })).toMatchObject([
      { kind: 'forbidden', refused: [{ reason: expect.stringContaining('in mode IMPORT') as string }] },
    ]);
  });

  it('distinguishes unknown subjects of the catalogue’s topics from foreign subjects', () => {
    const all = ['customers-value', 'orders-key', 'orders-platform.orders.Old', 'orders-paid-value', 'other-value'];
    const steps = planSchemas({ desired: [], live: [], all, topics: ['orders', 'customers'] });
    expect(steps.map((step) => ('topic' in step ? step.topic : undefined))).toEqual([
      'customers',
      'orders',
      undefined,
      'orders',
      undefined,
    ]);
    expect(formatPlan(steps)).toMatch(
      /unmanaged customers-value {2}is a subject of topic customers that the code does not/,
    );
    expect(countSteps(steps)).toContain('orders-key is a subject of topic orders that the code does not have');
  });

  it('finds versions by their meaning, because numbers have gaps after a deletion', () => {
    const gaps = live([], { versions: [{ version: 4, schemaType: 'AVRO', schema: V1 }] });
    expect(plan([subject()], [gaps])).toMatchObject([{ kind: 'change', register: [{ version: 2 }] }]);
  });

  it('compares only new versions, not registered ones', () => {
    const breaking = record([A, B]);
    expect(plan([subject({ versions: [V1, breaking] })], [live([V1, breaking])])).toMatchObject([
      { kind: 'unchanged' },
    ]);
  });

  describe('skips a version that is equivalent to an earlier one', () => {
    const java = field({ type: 'string', 'avro.java.string': 'String' });

    it.each<readonly [string, AvroSchema, AvroSchema]>([
      ['with attributes of Java’s', field('string'), java],
      ['with docs', V1, record([{ ...A, doc: 'Told.' }], { doc: 'An order.' })],
      ['with another sort order', V1, record([{ ...A, order: 'descending' }])],
      ['with a logical type that readers ignore', field('string'), field({ type: 'string', logicalType: 'secret' })],
    ])('%s', (_what, first, again) => {
      const steps = plan([subject({ versions: [first] })], [live([first, again])]);
      expect(steps).toEqual([{ kind: 'unchanged', subject: 'orders-value', passedOver: [{ version: 2, same: 1 }] }]);
      expect(formatPlan(steps)).toBe(
        'orders-value version 2 means the same as version 1 of the catalogue\n1 unchanged',
      );
      expect(differencesIn(steps)).toEqual([]);
    });

    it('and registers the following versions', () => {
      const [step] = plan([subject()], [live([V1, record([A], { doc: 'An order.' })])]);
      expect(step).toMatchObject({ kind: 'change', register: [{ version: 2 }], passedOver: [{ version: 2, same: 1 }] });
    });

    it.each<readonly [string, AvroSchema]>([
      ['another default', record([{ ...A, default: 'x' }])],
      ['an alias', record([{ ...A, aliases: ['x'] }])],
      ['a logical type', record([{ name: 'a', type: { type: 'string', logicalType: 'uuid' } }])],
    ])('but not one with %s, which can be added to the catalogue', (_what, other) => {
      const steps = plan([subject({ versions: [V1] })], [live([V1, other])]);
      expect(steps).toMatchObject([
        { refused: [{ fix: expect.stringContaining('add what is registered') as string }] },
      ]);
      expect(plan([subject({ versions: [V1, other] })], [live([V1, other])])).toMatchObject([{ kind: 'unchanged' }]);
    });
  });

  describe('forbids', () => {
    it.each<readonly [string, Subject, LiveSubject | undefined, RegExp]>([
      [
        'a version that readers could not live with, naming the field',
        subject({ versions: [V1, record([A, B])] }),
        live([V1]),
        /version 2 breaks FULL with version 1: field `b` was added without a default/,
      ],
      ['it for a new subject, too', subject({ versions: [V1, record([A, B])] }), undefined, /field `b`/],
      [
        'a registered version that the catalogue does not have',
        subject({ versions: [V1] }),
        live([V1, V2]),
        /version 2 in the registry is not in the catalogue: somebody else/,
      ],
      [
        'a registered version that differs, naming the field',
        subject({ versions: [V2] }),
        live([V1]),
        /not version 1 of the catalogue: field `b` is only in the catalogue/,
      ],
      [
        'a version that was changed after its registration',
        subject({ versions: [field('long')] }),
        live([field('int')]),
        /field `f` is another/,
      ],
      [
        'a subject of another kind of schema',
        subject(),
        live([], { versions: [{ version: 1, schemaType: 'PROTOBUF' }] }),
        /it is PROTOBUF, not Avro/,
      ],
      [
        'a version that came too late',
        subject(),
        live([V2]),
        /version 1 of the catalogue is not in the registry, which has a later one/,
      ],
      ['versions in another order', subject(), live([V2, V1]), /not in the catalogue/],
    ])('%s', (_what, definition, found, says) => {
      const steps = plan([definition], found === undefined ? [] : [found]);
      expect(steps).toMatchObject([{ kind: 'forbidden' }]);
      expect(formatPlan(steps)).toMatch(says);
      expect(formatPlan(steps)).toMatch(/fix: \S/);
    });

    it('everything of a subject at once', () => {
      const [step] = plan([subject({ versions: [V1, record([A, B])] })], [live([V1, V3])]);
      expect(step).toMatchObject({ kind: 'forbidden', refused: [{}, {}] });
    });

    it('with a feasible fix: delete what no catalogue can contain, adopt another order', () => {
      const fixOf = (versions: readonly AvroSchema[], found: LiveSubject): string =>
        formatPlan(plan([subject({ versions })], [found]));
      const other = live([V1, record([A], { name: 'Another' })]);
      expect(fixOf([V1], other)).toContain('delete it from the registry (DELETE /subjects/orders-value/versions/2)');
      const json = live([], { versions: [{ version: 1, schemaType: 'JSON' }] });
      expect(fixOf([V1], json)).toContain('DELETE /subjects/orders-value/versions/1');
      expect(fixOf([V1, V2], live([V2, V1]))).toContain('into the order in which they were registered');
      expect(plan([subject({ versions: [V2, V1] })], [live([V2, V1])])).toMatchObject([{ kind: 'unchanged' }]);
    });
  });
});

describe('a plan of schemas in words', () => {
  it('shows the changes and counts the rest', () => {
    const found = [live([V1], { compatibility: undefined }), live([V1, V2], { subject: 'same-value' })];
    const desired = [subject(), subject({ subject: 'new-value' }), subject({ subject: 'same-value' })];
    expect(formatPlan(plan(desired, found, ['other-value']))).toBe(
      [
        '+ create    new-value',
        '      compatibility: (not set) -> FULL',
        '      register version 1',
        '      register version 2',
        '~ change    orders-value',
        '      compatibility: (not set) -> FULL',
        '      register version 2',
        '? unmanaged other-value  not in the catalogue; left alone',
        '1 to create, 1 to change, 1 unchanged, 1 unmanaged',
      ].join('\n'),
    );
  });
});

describe('two schemas are the same', () => {
  it.each<readonly [string, AvroSchema, AvroSchema]>([
    [
      'whatever the order of attributes',
      record([A]),
      { fields: [{ type: 'string', name: 'a' }], namespace: 'shop', name: 'Order', type: 'record' },
    ],
    ['with docs or without', record([A]), record([{ ...A, doc: 'Told.' }], { doc: 'An order.' })],
    ['with a full name', record([A]), { type: 'record', name: 'shop.Order', fields: [A] }],
    ['with a primitive as object', field('long'), field({ type: 'long' })],
    ['with the order that Avro assumes', field('long'), field('long', { order: 'ascending' })],
    ['with what only Java reads', field('string'), field({ type: 'string', 'avro.java.string': 'String' })],
  ])('%s', (_what, a, b) => {
    expect(sameSchema(a, b)).toBe(true);
  });

  it.each<readonly [string, AvroSchema, AvroSchema]>([
    ['another default', field('long', { default: 0 }), field('long', { default: 1 })],
    ['a default of null instead of none', field(['null', 'long'], { default: null }), field(['null', 'long'])],
    ['a logical type', field('long'), field({ type: 'long', logicalType: 'timestamp-millis' })],
    [
      'another scale',
      field({ type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 }),
      field({ type: 'bytes', logicalType: 'decimal', precision: 9 }),
    ],
    ['fields in another order', record([A, B]), record([B, A])],
    ['an alias', record([A]), record([{ ...A, aliases: ['x'] }])],
    ['symbols in another order', field(color(['RED', 'BLUE'])), field(color(['BLUE', 'RED']))],
    ['an enum’s default', field(color(['RED'])), field(color(['RED'], { default: 'RED' }))],
    ['another namespace', record([A]), record([A], { namespace: 'mall' })],
  ])('but not with %s', (_what, a, b) => {
    expect(sameSchema(a, b)).toBe(false);
  });
});
