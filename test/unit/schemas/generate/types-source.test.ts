import { typesSource } from '../../../../src/schemas/generate/types-source';
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
  ])('of %j is %s', (type, expected) => {
    expect(fieldType(type)).toBe(expected);
  });

  it('has docs, and the unit of times, as docstrings that cannot end early', () => {
    const at = { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' }, doc: 'Was */ placed.' };
    const text = typesSource([{ topic: 'orders', versions: [record([at])] }]);
    expect(text).toContain('  /** Was *\\/ placed. Milliseconds since 1970. */\n  readonly at: number;\n');
  });

  it('refuses two types of one name', () => {
    const versions = [field(color(['RED']))];
    const twice = [
      { topic: 'a', versions },
      { topic: 'b', versions },
    ];
    expect(() => typesSource(twice)).toThrow('two schemas would both be OrderV1; rename that of b');
  });
});
