import { avroType } from '../../../../src/client/serde/avro-type';
import { record } from '../../components/schemas/builders';

const LIST = { name: 'list', type: { type: 'array', items: 'string' } };
const MAP = { name: 'map', type: { type: 'map', values: 'int' } };
const LAST = { name: 'last', type: 'string' };

/** Counts of 2^40 and 2^31, NaN from too many bytes, and a block with a negative size. */
const ENDLESS = [
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]),
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x10]),
  Buffer.alloc(400, 0x80),
  Buffer.from([0x01, 0x0f]),
];

const writer = avroType(record([LIST, MAP, LAST]));
const value = { list: ['a', 'b'], map: { one: 1 }, last: 'z' };

describe('arrays and maps of avsc', () => {
  it('are read and written as before', () => {
    expect(writer.fromBuffer(writer.toBuffer(value))).toEqual(value);
  });

  it('are skipped by readers without them, in blocks with and without size', () => {
    const reader = avroType(record([LAST]));
    const sized = Buffer.from([
      0x03, 0x08, 0x02, 0x61, 0x02, 0x62, 0, 0x01, 0x08, 0x04, 0x6f, 0x6e, 0x02, 0, 0x02, 0x7a,
    ]);
    const resolver = reader.createResolver(writer);
    expect(reader.fromBuffer(writer.toBuffer(value), resolver)).toEqual({ last: 'z' });
    expect(reader.fromBuffer(sized, resolver)).toEqual({ last: 'z' });
    expect(writer.fromBuffer(sized)).toEqual({ list: ['a', 'b'], map: { on: 1 }, last: 'z' });
  });

  it.each(ENDLESS)('do not read beyond the bytes for a wrong count: %p', (count) => {
    for (const field of [LIST, MAP]) {
      const type = avroType(record([field, LAST]));
      const bytes = Buffer.concat([count, Buffer.from([2, 0x61])]);
      const reader = avroType(record([LAST]));
      const read = [
        () => type.fromBuffer(bytes) as unknown,
        () => reader.fromBuffer(bytes, reader.createResolver(type)) as unknown,
      ];
      for (const attempt of read) expect(attempt).toThrow();
    }
  });
});
