import { types, type Type } from 'avsc';
import type { Dice } from './dice';

/** Any value of a type, with the limits of numbers and texts more often than chance would have them. */
export function randomValue(type: Type, dice: Dice): unknown {
  const some = <T>(make: () => T): T[] => Array.from({ length: dice.between(0, 4) }, make);
  if (type instanceof types.RecordType)
    return Object.fromEntries(type.fields.map((field) => [field.name, randomValue(field.type, dice)]));
  if (type instanceof types.ArrayType) return some(() => randomValue(type.itemsType, dice));
  if (type instanceof types.UnwrappedUnionType) return randomValue(dice.pick(type.types), dice);
  if (type instanceof types.EnumType) return dice.pick(type.symbols);
  switch (type.typeName) {
    case 'null':
      return null;
    case 'int':
      return dice.pick([0, -1, 2 ** 31 - 1, -(2 ** 31), dice.between(0, 999)]);
    case 'long':
      return dice.pick([0, -1, 2 ** 52 - 1, 1 - 2 ** 52, dice.between(0, 2 ** 45)]);
    case 'string':
      return dice.pick(['', '€ 🧾 ß', '\u0000', 'x'.repeat(dice.between(0, 299)), String(dice.next())]);
    default:
      throw new Error(`there are no random values of ${type.typeName} yet`);
  }
}
