import type { AvroSchema } from '../../src/avro/subject';

const event = (type: unknown, more: object = {}): AvroSchema => ({
  type: 'record',
  name: 'Event',
  namespace: 'shop',
  fields: [{ name: 'f', type, ...more }],
});

const record = (name: string, ...fields: readonly object[]): object => ({ type: 'record', name, fields });
const X = { name: 'x', type: 'int' };
const Y = { name: 'y', type: 'string' };
const CREATED = record('OrderCreated', X, Y);
const CANCELLED = record('OrderCancelled', Y);
const COLOR = { type: 'enum', name: 'Color', symbols: ['RED', 'BLUE'] };
const SIZE = { type: 'enum', name: 'Size', symbols: ['RED', 'LARGE'] };
const HASH = { type: 'fixed', name: 'Hash', size: 16 };
const list = (items: unknown): object => ({ type: 'array', items });
const map = (values: unknown): object => ({ type: 'map', values });
const logical = (type: string, logicalType: string, more: object = {}): object => ({ type, logicalType, ...more });

/** Schemas of every kind, both usual and unusual; all are written and read. */
export const CORPUS: Readonly<Record<string, AvroSchema>> = {
  'two records': event([CREATED, CANCELLED]),
  'two records or null': event(['null', CREATED, CANCELLED]),
  'two records of one simple name': event([record('a.Line', X), record('b.Line', Y)]),
  'numbers or null': event(['null', 'int', 'double']),
  'all numbers': event(['int', 'long', 'float', 'double']),
  'an enum or text': event(['null', COLOR, 'string']),
  'two enums': event([COLOR, SIZE]),
  'a list or a map': event(['null', list('int'), map('string')]),
  'bytes or text': event(['bytes', 'string']),
  'fixed or bytes': event(['null', HASH, 'bytes']),
  'two fixed': event([HASH, { ...HASH, name: 'Other' }]),
  'a record or a map': event([CREATED, map('int')]),
  'one branch': event(['int']),
  'text or null': event(['null', 'string']),
  'null last': event(['string', 'null']),
  'all kinds': event(['null', 'boolean', 'long', 'string', 'bytes', list('int'), CREATED]),
  'unions within lists, maps and records': event(
    list(['null', map(['null', record('Inner', { name: 'u', type: ['int', 'long', HASH] })]), 'shop.Inner']),
  ),
  'a list of itself': event(list('Event')),
  'a map of itself': event(map(['null', 'Event'])),
  'itself or null': event(['null', 'Event']),
  'itself among records': event(['null', CREATED, 'Event']),
  'references by name': event(record('Pair', { name: 'a', type: CREATED }, { name: 'b', type: 'OrderCreated' })),
  'references of an enum and a fixed': event(
    record('Pair', { name: 'a', type: COLOR }, { name: 'b', type: ['null', 'Color', 'string'] }),
  ),
  'a type without a namespace': event({ ...record('Bare', X), namespace: '' }),
  'an error': event({ ...record('Failure', Y), type: 'error' }),
  'names that JavaScript has': {
    type: 'record',
    name: 'toString',
    namespace: 'shop',
    fields: ['constructor', 'toString', 'hasOwnProperty', 'valueOf', 'class', 'default', 'this', 't', 'v0'].map(
      (name) => ({
        name,
        type: 'string',
      }),
    ),
  },
  'types that JavaScript has': event(['null', record('constructor', X), record('hasOwnProperty', Y)]),
  'no fields': { type: 'record', name: 'shop.Empty', fields: [] },
  'records without fields': event(['null', record('Started'), record('Stopped')]),
  'a fixed of no bytes': event({ ...HASH, size: 0 }),
  'defaults of unions': {
    type: 'record',
    name: 'shop.Event',
    fields: [
      { name: 'a', type: ['null', CREATED, CANCELLED], default: null },
      { name: 'b', type: ['OrderCreated', 'OrderCancelled'], default: { x: 1, y: 'ß' } },
      { name: 'c', type: ['double', 'int'], default: 2.5 },
      { name: 'd', type: [COLOR, 'string'], default: 'BLUE' },
      { name: 'e', type: ['bytes', 'null'], default: '\u00ff\u0000' },
      { name: 'g', type: map('int'), default: { a: 1 } },
      { name: 'h', type: list(['int', 'long']), default: [1, 2] },
    ],
  },
  'logical types': {
    type: 'record',
    name: 'shop.Event',
    fields: [
      { name: 'a', type: logical('bytes', 'decimal', { precision: 9, scale: 2 }) },
      { name: 'b', type: { ...logical('fixed', 'decimal', { precision: 18 }), name: 'Amount', size: 8 } },
      { name: 'c', type: logical('int', 'date') },
      { name: 'd', type: logical('int', 'time-millis') },
      { name: 'e', type: logical('long', 'time-micros') },
      { name: 'g', type: logical('long', 'timestamp-millis') },
      { name: 'h', type: logical('long', 'timestamp-micros') },
      { name: 'i', type: logical('long', 'local-timestamp-millis') },
      { name: 'j', type: logical('long', 'local-timestamp-micros') },
      { name: 'k', type: { ...logical('fixed', 'duration'), name: 'Duration', size: 12 } },
      { name: 'l', type: ['null', logical('string', 'uuid')] },
      { name: 'm', type: [logical('long', 'timestamp-micros'), logical('int', 'date')] },
      { name: 'n', type: logical('long', 'timestamp-nanos') },
      { name: 'o', type: { ...logical('fixed', 'uuid'), name: 'Id', size: 16 } },
    ],
  },
};

/** Pairs of versions: values written with the first schema are read with the second. */
export const EVOLUTIONS: Readonly<Record<string, readonly [writer: AvroSchema, reader: AvroSchema]>> = {
  'a union grows by a record': [event([CREATED, CANCELLED]), event(['null', CREATED, CANCELLED, record('More', X)])],
  'a record becomes a union of two': [event(CREATED), event([CANCELLED, CREATED])],
  'numbers in another order': [event(['null', 'int', 'double']), event(['double', 'int', 'null'])],
  'numbers of a wider union': [event(['int', 'float']), event(['double', 'long', 'int', 'float'])],
  'int is promoted in a union': [event('int'), event(['string', 'double', 'long'])],
  'long is promoted': [event('long'), event('double')],
  'int is promoted to float': [event('int'), event('float')],
  'text becomes bytes': [event('string'), event('bytes')],
  'a symbol is new': [
    event([{ ...COLOR, symbols: ['RED', 'GREEN', 'BLUE'] }, 'string']),
    event([{ ...COLOR, default: 'RED' }, 'string']),
  ],
  'fields with names of JavaScript come and go': [
    event(record('Line', { name: 'toString', type: 'int' }, { name: 'constructor', type: 'string' }, X)),
    event(record('Line', { name: 'hasOwnProperty', type: 'int', default: 7 }, { name: 'constructor', type: 'string' })),
  ],
  'a record is renamed': [event(record('Old', X)), event({ ...record('New', X), aliases: ['Old'] })],
  'a record is renamed within a union': [
    event([record('Old', X), CANCELLED]),
    event([CANCELLED, { ...record('New', X), aliases: ['Old'] }]),
  ],
  'a field is read from another by two records in a union': [
    event(['null', record('A', X), record('B', X)]),
    event(['null', record('A', { name: 'w', type: 'long', default: 0 }, X), record('B', X, { ...Y, default: 'd' })]),
  ],
  'it holds itself, with more fields': [
    event(['null', 'Event']),
    { ...(event(['null', 'Event']) as object), fields: [...fieldsOf(event(['null', 'Event'])), { ...X, default: 3 }] },
  ],
  'a wrapped union has a default': [
    event(record('Line', X)),
    event(record('Line', X, { name: 'u', type: ['double', 'int'], default: 1.5 })),
  ],
};

function fieldsOf(schema: AvroSchema): readonly object[] {
  return (schema as { readonly fields: readonly object[] }).fields;
}
