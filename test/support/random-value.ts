import { types, type Type } from 'avsc';

/** From 0 to below 1; the same numbers for the same seed. */
export type Random = () => number;

/** Park and Miller's generator. */
export function seeded(seed: number): Random {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

/** Any value of a type, with the limits of numbers and texts more often than chance would have them. */
export function randomValue(type: Type, random: Random): unknown {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 5) }, make);
  if (type instanceof types.RecordType)
    return Object.fromEntries(type.fields.map((field) => [field.name, randomValue(field.type, random)]));
  if (type instanceof types.ArrayType) return some(() => randomValue(type.itemsType, random));
  if (type instanceof types.UnwrappedUnionType) return randomValue(pick(type.types), random);
  if (type instanceof types.EnumType) return pick(type.symbols);
  switch (type.typeName) {
    case 'null':
      return null;
    case 'int':
      return pick([0, -1, 2 ** 31 - 1, -(2 ** 31), Math.floor(random() * 1_000)]);
    case 'long':
      return pick([0, -1, 2 ** 52 - 1, 1 - 2 ** 52, Math.floor(random() * 2 ** 45)]);
    case 'string':
      return pick(['', '€ 🧾 ß', '\u0000', 'x'.repeat(Math.floor(random() * 300)), String(random())]);
    default:
      throw new Error(`there are no random values of ${type.typeName} yet`);
  }
}
