import { avroProblems } from '../../../../src/components/schemas/avro-problems';
import { typesSource } from '../../../../src/components/schemas/generate/types-source';
import { sampleValues } from '../../../../src/components/schemas/sample-values';
import { schemaTree } from '../../../../src/avro/schema-tree';
import type { AvroSchema } from '../../../../src/avro/subject';
import { CORPUS, EVOLUTIONS } from '../../../support/avro-corpus';
import { color, field, fixed, line, record } from './builders';

const all = {
  ...CORPUS,
  ...Object.fromEntries(Object.entries(EVOLUTIONS).map(([name, [, reader]]) => [name, reader])),
};

describe('a schema that passes the check', () => {
  it.each(Object.entries(all))('is read, written and has types: %s', (_what, schema) => {
    expect(avroProblems(schema, 'a.avsc')).toEqual([]);
    expect(typesSource([{ topic: 'orders', versions: [schema] }])).toContain('V1 {');
  });

  it('is tested with the limits of each type, each branch and each symbol', () => {
    const values = sampleValues(schemaTree(record([{ name: 'f', type: ['null', 'int', color(['RED', 'BLUE'])] }])));
    const branches = values.map((value) => (value as { readonly f: unknown }).f);
    expect(branches).toEqual(expect.arrayContaining([null, 2 ** 31 - 1, -(2 ** 31), 'RED', 'BLUE']));
  });
});

describe('the check refuses schemas that the clients cannot read and write', () => {
  const Z = { name: 'z', type: 'int', aliases: ['x'] };

  it.each<readonly [string, AvroSchema, string, RegExp]>([
    ['a record that always holds itself', field('Order'), 'a.avsc f', /no value ends/],
    ['a field that would be a prototype', record([{ name: '__proto__', type: 'string' }]), 'a.avsc __proto__', /./],
    ['a symbol of every object', field(color(['constructor'])), 'a.avsc f', /symbol "constructor" is a name/],
    ['an alias that is another field', field(line({ name: 'x', type: 'int' }, Z)), 'a.avsc f', /f\.z may be any of/],
    ['a union within a union', field(['null', ['int', 'string']]), 'a.avsc f', /nested/],
    ['a branch twice', field(['int', 'int']), 'a.avsc f', /duplicate union branch/],
    ['an empty union', field([]), 'a.avsc f', /empty union/],
    ['a default of another branch', field([color(['RED']), 'string'], { default: 'BLUE' }), 'a.avsc f', /first branch/],
    ['a type twice', field(['null', line(), line()]), 'a.avsc f', /duplicate type name/],
  ])('%s', (_what, schema, path, says) => {
    expect(avroProblems(schema, 'a.avsc')).toMatchObject([
      { path, message: expect.stringMatching(says) as string, allowed: expect.stringMatching(/./) as string },
    ]);
  });

  it.each<readonly [string, object, unknown, RegExp]>([
    ['a scale beyond the precision', { precision: 2, scale: 4 }, 4, /from 0 to the precision, 2/],
    ['no precision', {}, undefined, /at least 1/],
    ['a precision of 0', { precision: 0 }, 0, /at least 1/],
    ['more digits than the bytes hold', { ...fixed(4), precision: 10 }, 10, /from 1 to 9/],
  ])('a decimal with %s', (_what, more, value, allowed) => {
    const schema = field({ type: 'bytes', logicalType: 'decimal', ...more });
    expect(avroProblems(schema, 'a.avsc')).toMatchObject([
      { path: 'a.avsc f', value, allowed: expect.stringMatching(allowed) as string },
    ]);
  });

  it('a duration and a uuid of another size', () => {
    for (const logicalType of ['duration', 'uuid'])
      expect(avroProblems(field({ ...fixed(4), logicalType }), 'a.avsc')).toMatchObject([{ value: 4 }]);
  });

  it('and reports every affected field', () => {
    const schema = record([
      { name: 'a', type: 'Order' },
      { name: 'b', type: 'int' },
      { name: 'c', type: { type: 'array', items: line({ name: '__proto__', type: 'int' }) } },
    ]);
    expect(avroProblems(schema, 'a.avsc').map(({ path }) => path)).toEqual(['a.avsc a', 'a.avsc c']);
  });
});
