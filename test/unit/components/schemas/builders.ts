import type { AvroSchema } from '../../../../src/avro/subject';

export const record = (fields: readonly object[], more: object = {}): AvroSchema => ({
  type: 'record',
  name: 'Order',
  namespace: 'shop',
  fields,
  ...more,
});

export const field = (type: unknown, more: object = {}): AvroSchema => record([{ name: 'f', type, ...more }]);

export const color = (symbols: readonly string[], more: object = {}): object => ({
  type: 'enum',
  name: 'Color',
  symbols,
  ...more,
});

export const fixed = (size: number, name = 'Hash'): object => ({ type: 'fixed', name, size });

export const line = (...fields: readonly object[]): object => ({ type: 'record', name: 'Line', fields });

export const A = { name: 'a', type: 'string' };
export const B = { name: 'b', type: 'long' };
