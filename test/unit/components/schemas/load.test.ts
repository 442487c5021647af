import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, type Problem } from '../../../../src/validation/problems';
import type { SchemaCatalogue, SubjectDefinition } from '../../../../src/components/schemas/definition';
import { avroProblems } from '../../../../src/components/schemas/avro-problems';
import { loadSubjects } from '../../../../src/components/schemas/load';
import { sameSchema } from '../../../../src/avro/schema-tree';
import type { AvroSchema } from '../../../../src/avro/subject';
import { A, B, field, record } from './builders';

/** File of the catalogue in problems. */
const FILE = 'project/schemas.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'schemas-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

const write = (files: Readonly<Record<string, unknown>>): void => {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
};

const orders = (...versions: readonly string[]): SubjectDefinition => ({
  topic: 'orders',
  compatibility: 'BACKWARD',
  versions,
});

const problemsOf = (...definitions: readonly SubjectDefinition[]): readonly Problem[] =>
  problemsIn({ file: FILE, directory, definitions });

function problemsIn(catalogue: SchemaCatalogue): readonly Problem[] {
  try {
    loadSubjects(catalogue);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('loading schemas', () => {
  it('gives subjects with their versions as data', () => {
    const withDefault = { ...B, default: 0 };
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A, withDefault]) });
    expect(loadSubjects({ file: FILE, directory, definitions: [orders('a.v1.avsc', 'a.v2.avsc')] })).toEqual([
      { subject: 'orders-value', compatibility: 'BACKWARD', versions: [record([A]), record([A, withDefault])] },
    ]);
  });

  it.each<readonly [string, unknown, string, RegExp]>([
    ['a file that is no JSON', '{ "type": ', 'a.v1.avsc', /no JSON/],
    ['a file that says null', 'null', 'a.v1.avsc', /did you mean/],
    ['an unknown type', field('strin'), 'a.v1.avsc f', /undefined type name: shop\.strin/],
    ['a default of another type', field('long', { default: 'x' }), 'a.v1.avsc f', /incompatible field default "x"/],
    [
      'null as default of a union that begins otherwise',
      field(['string', 'null'], { default: null }),
      'a.v1.avsc f',
      /first branch/,
    ],
    ['a name with a dash', record([{ name: 'order-id', type: 'string' }]), 'a.v1.avsc order-id', /invalid field name/],
    ['a record without fields', { type: 'record', name: 'shop.Order' }, 'a.v1.avsc', /record fields/],
    ['a primitive', '"string"', 'a.v1.avsc', /carries records/],
    ['a record without namespace', { type: 'record', name: 'Order', fields: [A] }, 'a.v1.avsc', /carries records/],
    ['a misspelt logical type', field({ type: 'long', logicalType: 'timestamp-milis' }), 'a.v1.avsc f', /ignore/],
    [
      'a logical type on another type',
      field({ type: 'int', logicalType: 'timestamp-millis' }),
      'a.v1.avsc f',
      /ignore/,
    ],
    [
      'a logical type beside the type',
      field('long', { logicalType: 'timestamp-millis' }),
      'a.v1.avsc f',
      /annotates the type/,
    ],
  ])('refuses %s', (_what, content, path, says) => {
    write({ 'a.v1.avsc': content });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([{ path, message: expect.stringMatching(says) as string }]);
  });

  it('names the path of a nested logical type', () => {
    const within = {
      type: 'array',
      items: { type: 'record', name: 'Line', fields: [{ name: 'at', type: { type: 'string', logicalType: 'date' } }] },
    };
    write({ 'a.v1.avsc': field(['null', within]) });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
      { path: 'a.v1.avsc f.at', value: 'date', allowed: 'on int' },
    ]);
  });

  it('refuses a missing file, and names the existing ones', () => {
    write({ 'a.v1.avsc': record([A]) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', allowed: 'a.v1.avsc', fix: `correct its name in ${FILE}, or write the file` },
    ]);
  });

  it('refuses a file that the catalogue does not name', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A, B]) });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
      {
        path: 'a.v2.avsc',
        message: expect.stringContaining('no subject') as string,
        fix: `enter it in ${FILE}, or delete it`,
      },
    ]);
  });

  it('refuses a file in a subfolder that the catalogue does not name', () => {
    mkdirSync(join(directory, 'invoices'));
    write({ 'a.v1.avsc': record([A]), 'invoices/b.v1.avsc': record([A, B], { name: 'Invoice' }) });
    expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
      { path: 'invoices/b.v1.avsc', message: expect.stringContaining('no subject') as string },
    ]);
    const invoices = { ...orders('invoices/b.v1.avsc'), topic: 'invoices' };
    expect(problemsOf(orders('a.v1.avsc'), invoices)).toEqual([]);
  });

  it('refuses files outside of the catalogue’s directory', () => {
    mkdirSync(join(directory, 'avro'));
    mkdirSync(join(directory, 'invoices'));
    write({ 'avro/a.v1.avsc': record([A]), 'b.v1.avsc': record([A, B]), 'invoices/c.v1.avsc': '{' });
    const catalogue = { file: join(directory, 'schemas.ts'), directory: join(directory, 'avro') };
    expect(problemsIn({ ...catalogue, definitions: [orders('a.v1.avsc')] })).toMatchObject([
      { path: 'b.v1.avsc', allowed: expect.stringMatching(/^files in .*avro$/) as string },
      { path: 'invoices/c.v1.avsc', fix: expect.stringMatching(/^move it to .*schemas\.ts, or delete it$/) as string },
    ]);
  });

  it('refuses incompatible versions together with unreadable files', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': '{ "type": ', 'a.v3.avsc': record([A, B]), 'draft.avsc': '{' });
    const versions = ['a.v1.avsc', 'a.v2.avsc', 'a.v3.avsc'];
    const transitive = { ...orders(...versions), compatibility: 'BACKWARD_TRANSITIVE' } as const;
    expect(problemsOf(transitive)).toMatchObject([
      { path: 'draft.avsc' },
      { path: 'a.v2.avsc', message: expect.stringContaining('no JSON') as string },
      {
        path: 'orders-value compatibility',
        message: expect.stringContaining('version 3 (a.v3.avsc) breaks it with version 1: field `b`') as string,
      },
    ]);
  });

  it('refuses another name in a later version', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A], { name: 'OrderV2' }) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', value: 'shop.OrderV2', allowed: 'shop.Order' },
    ]);
  });

  it('refuses events of two topics that would have the same name in programs', () => {
    write({ 'a.v1.avsc': record([A]), 'b.v1.avsc': record([A, B], { namespace: 'mall' }) });
    expect(problemsOf(orders('a.v1.avsc'), { ...orders('b.v1.avsc'), topic: 'payments' })).toMatchObject([
      { path: 'payments-value', value: 'mall.Order', message: expect.stringContaining('both be OrderV1') as string },
    ]);
  });

  it('refuses a version that only differs in docs', () => {
    write({ 'a.v1.avsc': record([A]), 'a.v2.avsc': record([A], { doc: 'An order.' }) });
    expect(problemsOf(orders('a.v1.avsc', 'a.v2.avsc'))).toMatchObject([
      { path: 'a.v2.avsc', message: expect.stringContaining('same as a.v1.avsc') as string },
    ]);
  });

  it('refuses a duplicate topic, an unknown level, and a subject without versions', () => {
    const wrong = { topic: 'orders', compatibility: 'SIDEWAYS', versions: [] } as unknown as SubjectDefinition;
    expect(problemsOf(orders('a.v1.avsc'), wrong).map(({ path, file }) => [path, file])).toEqual([
      ['orders', FILE],
      ['orders compatibility', FILE],
      ['orders versions', FILE],
      ['a.v1.avsc', undefined],
    ]);
  });

  describe('with files that refer to types of other files', () => {
    const address = (...fields: readonly object[]): object => ({ type: 'record', name: 'mall.Address', fields });
    const at = (type: unknown): AvroSchema =>
      record([
        { name: 'at', type },
        { name: 'or', type: ['null', 'mall.Address'] },
      ]);

    it('inlines them at their first use, including their own references', () => {
      write({
        'a.v1.avsc': at('mall.Address'),
        'address.avsc': address(A, { name: 'country', type: 'Country' }),
        'country.avsc': { type: 'enum', name: 'Country', namespace: 'mall', symbols: ['DE'] },
      });
      const [subject] = loadSubjects({ file: FILE, directory, definitions: [orders('a.v1.avsc')] });
      const country = { type: 'enum', name: 'Country', symbols: ['DE'] };
      expect(sameSchema(subject?.versions[0] ?? '', at(address(A, { name: 'country', type: country })))).toBe(true);
      expect(avroProblems(subject?.versions[0] ?? '', 'a')).toEqual([]);
    });

    it('inlines a common type once, and ends at circular references', () => {
      write({
        'a.v1.avsc': at(['null', 'mall.Address', 'mall.Person']),
        'address.avsc': address({ name: 'owner', type: ['null', 'Person'] }),
        'person.avsc': { type: 'record', name: 'mall.Person', fields: [{ name: 'home', type: ['null', 'Address'] }] },
      });
      expect(problemsOf(orders('a.v1.avsc'))).toEqual([]);
    });

    it('refuses a name with two different definitions, unless the catalogue selects one', () => {
      write({ 'a.v1.avsc': at('mall.Address'), 'one.avsc': address(A), 'two.avsc': address(B) });
      expect(problemsOf(orders('a.v1.avsc'))).toMatchObject([
        { path: 'one.avsc' },
        { path: 'two.avsc' },
        {
          path: 'a.v1.avsc',
          value: 'mall.Address',
          message: 'it names mall.Address, which one.avsc and two.avsc define differently',
          fix: expect.stringContaining("{ file: 'a.v1.avsc', references: ['one.avsc'] }") as string,
        },
      ]);
      rmSync(join(directory, 'one.avsc'));
      write({ 'one.avsc': address(A), 'b.v1.avsc': record([{ name: 'f', type: 'mall.Address' }], { name: 'Other' }) });
      const other = {
        ...orders(),
        topic: 'payments',
        versions: [{ file: 'b.v1.avsc', references: ['two.avsc'] }],
      };
      const own = { ...orders(), versions: [{ file: 'a.v1.avsc', references: ['one.avsc'] }] };
      const [first, second] = loadSubjects({ file: FILE, directory, definitions: [own, other] });
      expect(sameSchema(first?.versions[0] ?? '', at(address(A)))).toBe(true);
      expect(JSON.stringify(second?.versions)).toContain(JSON.stringify(B));
    });

    it('refuses an undefined name, and a missing reference', () => {
      write({ 'a.v1.avsc': field('mall.Address') });
      expect(problemsOf({ ...orders(), versions: [{ file: 'a.v1.avsc', references: ['b.avsc'] }] })).toMatchObject([
        { path: 'b.avsc', message: expect.stringContaining('not there') as string },
        { path: 'a.v1.avsc f', message: expect.stringContaining('undefined type name: mall.Address') as string },
      ]);
    });
  });

  it('reports all problems in one error, each with allowed values and fix', () => {
    write({
      'a.v1.avsc': record([{ name: 'f', type: 'strin' }, A, { name: 'g', type: 'long', default: 'x' }]),
      'a.v2.avsc': '{',
    });
    const found = problemsOf(orders('a.v1.avsc', 'a.v2.avsc', 'a.v3.avsc'));
    expect(found.map(({ path }) => path)).toEqual(['a.v2.avsc', 'a.v3.avsc', 'a.v1.avsc f', 'a.v1.avsc g']);
    expect(found.every(({ allowed, fix }) => allowed !== '' && fix !== '')).toBe(true);
  });
});
