import type { ConsumedRecord } from '../../../src/client/consumer/record';
import { markerMessage, markerOf, type Marker } from '../../../src/dead-letters/marker';
import { deadLetterRecord } from './dead-letter-builders';

/** As it is read back. */
function read(marker: Marker): ConsumedRecord {
  const headers = Object.entries(markerMessage(marker).headers ?? {});
  return {
    ...deadLetterRecord(),
    key: null,
    value: null,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(String(value))])),
  };
}

const marker = { offsets: [3n, 17n, 2n ** 60n], by: 'run.1' };

describe('a marker', () => {
  it.each([marker, { offsets: [], by: 'run.2' }])(
    'says which dead letter records were replayed, and by whom: %p',
    (written) => {
      expect(markerOf(read(written))).toEqual(written);
    },
  );

  it('is no dead letter record without key and value', () => {
    expect(markerOf({ ...deadLetterRecord(), key: null, value: null })).toBeUndefined();
  });

  it('is no dead letter record of a record that has the headers of one', () => {
    expect(markerOf({ ...deadLetterRecord(read(marker).headers), key: null, value: null })).toBeUndefined();
  });

  it.each(['key', 'value'] as const)('is nothing that has a %s', (part) => {
    expect(markerOf({ ...read(marker), [part]: Buffer.from('x') })).toBeUndefined();
  });

  it.each(['3,', 'x', '-1', '3 4'])('is refused, by its place, when its offsets are %p', (text) => {
    const broken = { ...read(marker), headers: { 'x-replayed-offsets': Buffer.from(text) } };
    expect(() => markerOf(broken)).toThrow('orders.inventory.dlq-0@3');
  });
});
