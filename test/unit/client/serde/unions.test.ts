import { PermanentError } from '../../../../src/client/errors';
import { onlyWriter } from '../../../../src/client/serde/only-writer';
import { TopicReader } from '../../../../src/client/serde/topic-reader';
import { TopicWriter } from '../../../../src/client/serde/topic-writer';
import { sampleValues } from '../../../../src/components/schemas/sample-values';
import { schemaTree } from '../../../../src/avro/schema-tree';
import type { AvroSchema } from '../../../../src/avro/subject';
import { EVOLUTIONS } from '../../../support/avro-corpus';
import { color, field, line, record } from '../../components/schemas/builders';

const CREATED = { ...line({ name: 'x', type: 'int' }), name: 'Created' };
const CANCELLED = { ...line({ name: 'y', type: 'int' }), name: 'Cancelled' };

const write = (schema: AvroSchema, event: unknown): Buffer =>
  new TopicWriter({ topic: 'orders', id: 1, schema }).encode(event);

const read = (bytes: Buffer, reader: AvroSchema, writer = reader): unknown =>
  new TopicReader('orders', reader, onlyWriter(writer)).decode(bytes);

describe('unions', () => {
  it.each<readonly [string, AvroSchema, readonly unknown[]]>([
    [
      'of two records have the name of theirs',
      field(['null', CREATED, CANCELLED]),
      [null, { 'shop.Created': { x: 1 } }, { 'shop.Cancelled': { y: 2 } }],
    ],
    ['of numbers have that of their type', field(['null', 'int', 'double']), [null, { int: 1 }, { double: 1 }]],
    [
      'of an enum and text, too',
      field(['null', color(['RED']), 'string']),
      [null, { 'shop.Color': 'RED' }, { string: 'RED' }],
    ],
    ['stand for themselves where their type tells', field(['null', 'string', CREATED]), [null, 'RED', { x: 1 }]],
    ['of bytes and a record, too', field(['bytes', CREATED]), [Buffer.from('RED'), { x: 1 }]],
    [
      'of a list and a map, too',
      field([
        { type: 'array', items: 'int' },
        { type: 'map', values: 'int' },
      ]),
      [[1], { a: 1 }],
    ],
  ])('%s', (_what, schema, values) => {
    const bytes = values.map((f) => write(schema, { f }));
    expect(bytes.map((each) => read(each, schema))).toEqual(values.map((f) => ({ f })));
    expect(new Set(bytes.map((each) => each[5])).size).toBe(values.length);
  });

  it.each<readonly [unknown, string]>([
    [{ x: 1 }, 'f: expected an object with one of the keys shop.Created, shop.Cancelled or null'],
    [{ 'shop.Created': { x: 1 }, 'shop.Cancelled': { y: 1 } }, 'f: expected an object with one of the keys'],
    [{ constructor: { x: 1 } }, 'f: expected an object with one of the keys'],
    [{ 'shop.Created': { x: 'secret' } }, 'f.shop.Created.x: expected int'],
    [{ 'shop.Created': { x: 1, secret: 1 } }, 'f.shop.Created.secret: no such field; there are x'],
    [{ 'shop.Created': { y: 1 } }, 'f.shop.Created.y: no such field'],
    [{ null: null }, 'f: expected an object with one of the keys'],
    ['secret', 'f: expected an object with one of the keys'],
    [undefined, 'f: missing'],
  ])('of two records refuse %j', (f, problem) => {
    const encode = (): Buffer => write(field(['null', CREATED, CANCELLED]), { f });
    expect(encode).toThrow(PermanentError);
    expect(encode).toThrow(`orders: the event does not fit its schema: ${problem}`);
  });

  it('are read with the written branch, not with the first possible one', () => {
    const writer = field(['null', 'int', 'long']);
    const reader = record([{ name: 'f', type: ['double', 'long', 'int', 'null'] }]);
    expect(read(write(writer, { f: { int: 1 } }), reader, writer)).toEqual({ f: { int: 1 } });
    expect(read(write(writer, { f: { long: 1 } }), reader, writer)).toEqual({ f: { long: 1 } });
  });
});

describe('a value of one version', () => {
  it.each(Object.entries(EVOLUTIONS))('is read as another version: %s', (_what, [writer, reader]) => {
    for (const value of sampleValues(schemaTree(writer)))
      expect(read(write(writer, value), reader, writer)).toBeInstanceOf(Object);
  });

  it('can be text instead of bytes, which have the same encoding', () => {
    const [writer, reader] = [field(['null', 'bytes']), field(['string', 'null'])];
    expect(read(write(writer, { f: Buffer.from('€') }), reader, writer)).toEqual({ f: '€' });
  });

  it('can have fields with names of object properties, and has no unwritten fields', () => {
    const [writer, reader] = EVOLUTIONS['fields with names of JavaScript come and go'] ?? [];
    if (writer === undefined || reader === undefined) throw new Error('it is gone');
    const bytes = write(writer, { f: { toString: 1, constructor: 'c', x: 2 } });
    expect(JSON.stringify(read(bytes, reader, writer))).toBe('{"f":{"hasOwnProperty":7,"constructor":"c"}}');
  });
});

describe('a value that would be written differently is refused', () => {
  const itself: Record<string, unknown> = {};
  itself['f'] = itself;

  it.each<readonly [string, unknown, unknown, string]>([
    ['half of a surrogate pair', 'string', '\ud83d', 'f: expected string (without half of a surrogate pair)'],
    [
      'half of one in a key',
      { type: 'map', values: 'int' },
      { '\udc00': 1 },
      'f.*: its key has half of a surrogate pair',
    ],
    ['a Map', { type: 'map', values: 'int' }, new Map([['a', 1]]), 'f: expected map (a plain object)'],
    ['a Date for a map', { type: 'map', values: 'int' }, new Date(), 'f: expected map (a plain object)'],
    ['a promise', { type: 'map', values: 'int' }, Promise.resolve({}), 'f: expected map (a plain object)'],
    ['a list for a record without fields', line(), [], 'f: expected record'],
    ['a Date for one', line(), new Date(), 'f: expected record'],
    ['a property of every object for a symbol', color(['RED']), 'constructor', 'f: expected one of RED'],
    ['a list of one symbol', color(['RED']), ['RED'], 'f: expected one of RED'],
    ['a number beyond those of a float', 'float', 1e39, 'f: expected float (a number up to 3.4e38)'],
    ['a bigint', 'long', 1n, 'f: expected long'],
    ['NaN', 'int', NaN, 'f: expected int'],
    ['infinity', 'long', Infinity, 'f: expected long'],
    ['text for bytes', 'bytes', 'secret', 'f: expected bytes (a Buffer)'],
    ['an array of bytes that is no Buffer', 'bytes', new Uint8Array(1), 'f: expected bytes (a Buffer)'],
    [
      'too many bytes',
      { type: 'fixed', name: 'Hash', size: 2 },
      Buffer.alloc(3),
      'f: expected fixed (a Buffer of 2 bytes)',
    ],
    ['a hole in a list', { type: 'array', items: 'int' }, new Array<number>(1), 'f.0: expected int'],
    ['an event within itself', ['null', 'Order'], itself, 'it is nested too deeply, or in itself'],
  ])('%s', (_what, type, f, problem) => {
    const encode = (): Buffer => write(field(type), { f });
    expect(encode).toThrow(PermanentError);
    expect(encode).toThrow(`orders: the event does not fit its schema: ${problem}`);
    expect(encode).not.toThrow(/secret/);
  });

  it('the error of a getter is not reported', () => {
    const event = {
      get f(): string {
        throw new Error('secret');
      },
    };
    const encode = (): Buffer => write(field('string'), event);
    expect(encode).toThrow(PermanentError);
    expect(encode).toThrow(/it cannot be looked at$/);
  });

  it.each([NaN, Infinity, -Infinity, -0, 5e-324])('but %d is a valid double', (f) => {
    expect(read(write(field('double'), { f }), field('double'))).toEqual({ f });
  });

  it('and a key with the name of an object property is a valid key', () => {
    const schema = field({ type: 'map', values: 'int' });
    const event = JSON.parse('{"f":{"__proto__":1,"constructor":2}}') as unknown;
    expect(JSON.stringify(read(write(schema, event), schema))).toBe('{"f":{"__proto__":1,"constructor":2}}');
  });
});
