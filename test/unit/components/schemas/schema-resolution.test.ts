import { Type, type Schema } from 'avsc';
import { mismatches } from '../../../../src/avro/schema-resolution';
import { schemaTree } from '../../../../src/avro/schema-tree';
import type { AvroSchema } from '../../../../src/avro/subject';
import { A, B, color, field, fixed, line, record } from './builders';

const tree = (value: unknown): AvroSchema => ({
  type: 'record',
  name: 'Tree',
  fields: [
    { name: 'value', type: value },
    { name: 'children', type: { type: 'array', items: 'Tree' } },
  ],
});

/** Reader, writer, and whether the reader can read the writer. */
const PAIRS: readonly (readonly [what: string, reader: AvroSchema, writer: AvroSchema, reads: boolean])[] = [
  ['the same record', record([A, B]), record([A, B]), true],
  ['fields in another order', record([B, A]), record([A, B]), true],
  ['a field that only the writer has', record([A]), record([A, B]), true],
  ['a field that only the reader has', record([A, B]), record([A]), false],
  ['a default', record([A, { ...B, default: 0 }]), record([A]), true],
  ['a default of null', record([A, { name: 'c', type: ['null', 'string'], default: null }]), record([A]), true],
  ['an alias of a field', record([{ ...A, name: 'c', aliases: ['a'] }]), record([A]), true],
  ['an alias that only the writer has', record([A]), record([{ ...A, name: 'c', aliases: ['a'] }]), false],
  ['two fields under one alias', record([{ ...A, aliases: ['b'] }]), record([A, { ...B, type: 'string' }]), false],
  ['another name', record([A], { name: 'Sale' }), record([A]), false],
  ['another namespace', record([A], { namespace: 'mall' }), record([A]), false],
  ['an alias of a record', record([A], { name: 'Sale', aliases: ['Order'] }), record([A]), true],
  ['a full name', record([A], { name: 'shop.Order', namespace: undefined }), record([A]), true],
  ...['int', 'long', 'float', 'double', 'string', 'bytes', 'boolean', 'null'].flatMap((writer) =>
    ['int', 'long', 'float', 'double', 'string', 'bytes', 'boolean', 'null'].map((reader) => {
      const promotions = 'int-long int-float int-double long-float long-double float-double string-bytes bytes-string';
      const reads = reader === writer || promotions.split(' ').includes(`${writer}-${reader}`);
      return [`${writer} as ${reader}`, field(reader), field(writer), reads] as const;
    }),
  ),
  ['string as null | string', field(['null', 'string']), field('string'), true],
  ['null | string as string', field('string'), field(['null', 'string']), false],
  ['int as null | long', field(['null', 'long']), field('int'), true],
  ['null | int as null | string', field(['null', 'string']), field(['null', 'int']), false],
  ['null | string as string | null', field(['string', 'null']), field(['null', 'string']), true],
  ['null | string as null | string | int', field(['null', 'string', 'int']), field(['null', 'string']), true],
  ['null | string | int as null | string', field(['null', 'string']), field(['null', 'string', 'int']), false],
  ['a union of numbers as the widest', field('double'), field(['int', 'long']), true],
  ['a record in a union', field(['null', line(A)]), field(['null', line(A, B)]), true],
  ['a record with more in a union', field(['null', line(A, B)]), field(['null', line(A)]), false],
  ['all symbols', field(color(['RED', 'BLUE'])), field(color(['RED'])), true],
  ['a symbol less', field(color(['RED'])), field(color(['RED', 'BLUE'])), false],
  ['a symbol less with a default', field(color(['RED'], { default: 'RED' })), field(color(['RED', 'BLUE'])), true],
  ['a default that only the writer has', field(color(['RED'])), field(color(['BLUE'], { default: 'BLUE' })), false],
  ['another enum', field(color(['RED'])), field(color(['RED'], { name: 'Colour' })), false],
  ['enum as string', field('string'), field(color(['RED'])), false],
  ['string as enum', field(color(['RED'])), field('string'), false],
  ['fixed of one size', field(fixed(16)), field(fixed(16)), true],
  ['fixed of two sizes', field(fixed(16)), field(fixed(8)), false],
  ['another fixed', field(fixed(16)), field(fixed(16, 'Sum')), false],
  ['fixed as bytes', field('bytes'), field(fixed(16)), false],
  [
    'array of int as array of long',
    field({ type: 'array', items: 'long' }),
    field({ type: 'array', items: 'int' }),
    true,
  ],
  [
    'array of long as array of int',
    field({ type: 'array', items: 'int' }),
    field({ type: 'array', items: 'long' }),
    false,
  ],
  ['array as map', field({ type: 'map', values: 'int' }), field({ type: 'array', items: 'int' }), false],
  [
    'map of int as map of double',
    field({ type: 'map', values: 'double' }),
    field({ type: 'map', values: 'int' }),
    true,
  ],
  [
    'map of string as map of int',
    field({ type: 'map', values: 'int' }),
    field({ type: 'map', values: 'string' }),
    false,
  ],
  ['a record within', field(line(A)), field(line(A, B)), true],
  ['a record within with more', field(line(A, B)), field(line(A)), false],
  ['a recursive record', tree('long'), tree('int'), true],
  ['a recursive record that differs', tree('int'), tree('long'), false],
  ['no record at all', 'string', 'string', true],
  ['a record as string', 'string', record([A]), false],
];

describe('a readable type', () => {
  it.each(PAIRS)('%s', (_what, reader, writer, reads) => {
    expect(mismatches(schemaTree(reader), schemaTree(writer)).length === 0).toBe(reads);
  });

  it.each(PAIRS)('%s, in agreement with avsc', (_what, reader, writer, reads) => {
    const resolve = (): unknown => Type.forSchema(reader as Schema).createResolver(Type.forSchema(writer as Schema));
    if (reads) expect(resolve).not.toThrow();
    else expect(resolve).toThrow();
  });

  const time = (logicalType: string): AvroSchema => field({ type: 'long', logicalType });

  it('is not another logical type, although Avro allows it', () => {
    expect(mismatches(schemaTree(time('timestamp-micros')), schemaTree(time('timestamp-millis')))).toEqual([
      { kind: 'type', path: 'f', reader: 'long (timestamp-micros)', writer: 'long (timestamp-millis)' },
    ]);
    expect(() =>
      Type.forSchema(time('timestamp-micros') as Schema).createResolver(
        Type.forSchema(time('timestamp-millis') as Schema),
      ),
    ).not.toThrow();
  });

  it('may gain or lose a logical type', () => {
    expect(mismatches(schemaTree(time('timestamp-millis')), schemaTree(field('long')))).toEqual([]);
    expect(mismatches(schemaTree(field('long')), schemaTree(time('timestamp-millis')))).toEqual([]);
  });

  it('is not a decimal with another scale', () => {
    const decimal = (scale: number): AvroSchema =>
      field({ type: 'bytes', logicalType: 'decimal', precision: 9, scale });
    expect(mismatches(schemaTree(decimal(2)), schemaTree(decimal(3)))).toMatchObject([
      { reader: 'bytes (decimal(9, 2))', writer: 'bytes (decimal(9, 3))' },
    ]);
  });
});
