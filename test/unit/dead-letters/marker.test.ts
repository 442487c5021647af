import type { ConsumedRecord } from '../../../src/client/consumer/record';
import { markerMessage, markerOf, type Marker } from '../../../src/dead-letters/marker';
import { deadLetterRecord } from './dead-letter-builders';

/** A marker as it is read back. */
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
    'contains the replayed dead letter records and the run: %p',
    (written) => {
      expect(markerOf(read(written))).toEqual(written);
    },
  );

  it('is not a dead letter record without key and value', () => {
    expect(markerOf({ ...deadLetterRecord(), key: null, value: null })).toBeUndefined();
  });

  it('is not a dead letter record of a record with the headers of a marker', () => {
    expect(markerOf({ ...deadLetterRecord(read(marker).headers), key: null, value: null })).toBeUndefined();
  });

  it.each(['key', 'value'] as const)('is not a record with a %s', (part) => {
    expect(markerOf({ ...read(marker), [part]: Buffer.from('x') })).toBeUndefined();
  });

  it.each(['3,', 'x', '-1', '3 4'])('is refused with its position if its offsets are %p', (text) => {
    const broken = { ...read(marker), headers: { 'x-replayed-offsets': Buffer.from(text) } };
    expect(() => markerOf(broken)).toThrow('orders.inventory.dlq-0@3');
  });
});
