import { typesSource } from '../../../../../src/components/schemas/generate/types-source';
import { color, field, fixed, line, record } from '../builders';

/** The declaration of the only field's type. */
function fieldType(type: unknown): string {
  const [, found] = /readonly f: (.*);/.exec(typesSource([{ topic: 'orders', versions: [field(type)] }])) ?? [];
  return found ?? '(none)';
}

describe('the TypeScript of a schema', () => {
  it.each<readonly [unknown, string]>([
    ['int', 'number'],
    ['long', 'number'],
    ['double', 'number'],
    ['boolean', 'boolean'],
    ['string', 'string'],
    ['bytes', 'Buffer'],
    [fixed(4), 'Buffer'],
    [['null', 'string'], 'string | null'],
    [{ type: 'long', logicalType: 'timestamp-millis' }, 'number'],
    [{ type: 'array', items: 'string' }, 'readonly string[]'],
    [{ type: 'array', items: ['null', 'int'] }, 'readonly (number | null)[]'],
    [{ type: 'map', values: 'long' }, 'Readonly<Record<string, number>>'],
    [color(['RED']), 'ColorV1'],
    [line({ name: 'sku', type: 'string' }), 'LineV1'],
    ['shop.Order', 'OrderV1'],
    [['null', 'int', 'double'], '{ readonly int: number } | { readonly double: number } | null'],
    [['null', color(['RED']), 'string'], '{ readonly "shop.Color": ColorV1 } | { readonly string: string } | null'],
    [
      { type: 'array', items: [line({ name: 'sku', type: 'string' }), 'Order'] },
      'readonly ({ readonly "shop.Line": LineV1 } | { readonly "shop.Order": OrderV1 })[]',
    ],
    [['null', 'bytes', line()], 'Buffer | LineV1 | null'],
    [{ type: { type: 'string' } }, 'string'],
    [{ ...line(), type: 'error' }, 'LineV1'],
  ])('of %j is %s', (type, expected) => {
    expect(fieldType(type)).toBe(expected);
  });

  it('has docs, and the unit of times, as docstrings that cannot end early', () => {
    const at = { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' }, doc: 'Was */ placed.' };
    const text = typesSource([{ topic: 'orders', versions: [record([at])] }]);
    expect(text).toContain('  /** Was *\\/ placed. Milliseconds since 1970. */\n  readonly at: number;\n');
  });

  it('distinguishes types with the same simple name by namespace, or by topic if that is the same, too', () => {
    const two = field(['null', { ...line(), namespace: 'a' }, { ...line(), namespace: 'b' }]);
    expect(typesSource([{ topic: 'orders', versions: [two] }])).toContain(
      'readonly f: { readonly "a.Line": ALineV1 } | { readonly "b.Line": BLineV1 } | null;',
    );
    const other = record([{ name: 'f', type: line({ name: 'x', type: 'int' }) }], { name: 'Other' });
    const topics = [
      { topic: 'orders', versions: [field(line())] },
      { topic: 'page-views', versions: [other] },
    ];
    const text = typesSource(topics);
    expect(text).toContain('interface OrdersShopLineV1 {\n}');
    expect(text).toContain('interface PageViewsShopLineV1 {\n  readonly x: number;\n}');
  });

  it('declares common types of two topics once', () => {
    const other = record([{ name: 'g', type: line() }], { name: 'Other' });
    const text = typesSource([
      { topic: 'orders', versions: [field(line())] },
      { topic: 'others', versions: [other] },
    ]);
    expect(text.split('interface LineV1 ')).toHaveLength(2);
  });

  it('of an empty catalogue has no event type, not any', () => {
    const text = typesSource([]);
    expect(text).toMatch(/export type EventVersions = Readonly<Record<never, never>>;\n/);
    expect(text).toMatch(/export type NewestEvents = Readonly<Record<never, never>>;\n/);
  });

  it('refuses two types with the same name', () => {
    const versions = [field(color(['RED']))];
    const twice = [
      { topic: 'a', versions },
      { topic: 'b', versions },
    ];
    expect(() => typesSource(twice)).toThrow('two schemas would both be OrderV1; rename that of b');
  });
});
