import { types, type Type } from 'avsc';
import type { Dice } from '../../tools/support/dice';

/** A random value of a type; limits of numbers and texts occur more often than by chance. */
export function randomValue(type: Type, dice: Dice, depth = 0): unknown {
  const within = (inner: Type): unknown => randomValue(inner, dice, depth + 1);
  // Limits the depth of recursive types.
  const some = <T>(make: () => T): T[] => Array.from({ length: depth > 5 ? 0 : dice.between(0, 4) }, make);
  if (type instanceof types.RecordType)
    return Object.fromEntries(type.fields.map((field) => [field.name, within(field.type)]));
  if (type instanceof types.ArrayType) return some(() => within(type.itemsType));
  if (type instanceof types.MapType) {
    const values = type.valuesType as Type;
    return Object.fromEntries(some(() => [dice.pick(['', '__proto__', 'a.b', String(dice.next())]), within(values)]));
  }
  if (type instanceof types.UnwrappedUnionType) return within(branchOf(type.types, { dice, depth }));
  if (type instanceof types.WrappedUnionType) {
    const branch = branchOf(type.types, { dice, depth });
    return branch instanceof types.NullType ? null : { [String(branch.branchName)]: within(branch) };
  }
  if (type instanceof types.EnumType) return dice.pick(type.symbols);
  if (type instanceof types.FixedType) return randomBytes(type.size, dice);
  return ofPrimitive(type.typeName, dice);
}

/** At great depth, the first branch that does not recurse. */
function branchOf(branches: readonly Type[], { dice, depth }: { readonly dice: Dice; readonly depth: number }): Type {
  const ends = branches.find((branch) => !(branch instanceof types.RecordType));
  return depth > 5 && ends !== undefined ? ends : dice.pick(branches);
}

function ofPrimitive(typeName: string, dice: Dice): unknown {
  switch (typeName) {
    case 'null':
      return null;
    case 'boolean':
      return dice.next() < 0.5;
    case 'int':
      return dice.pick([0, -1, 2 ** 31 - 1, -(2 ** 31), dice.between(0, 999)]);
    case 'long':
      return dice.pick([0, -1, 2 ** 52 - 1, 1 - 2 ** 52, dice.between(0, 2 ** 45)]);
    case 'float':
      return dice.pick([0, NaN, Infinity, Math.fround(dice.next()), Math.fround(-1e30 * dice.next())]);
    case 'double':
      return dice.pick([0, NaN, -Infinity, dice.next(), -1e300 * dice.next()]);
    case 'bytes':
      return randomBytes(dice.between(0, 99), dice);
    case 'string':
      return dice.pick(['', '€ 🧾 ß', '\u0000', 'x'.repeat(dice.between(0, 299)), String(dice.next())]);
    default:
      throw new Error(`there are no random values of ${typeName} yet`);
  }
}

const randomBytes = (size: number, dice: Dice): Buffer =>
  Buffer.from(Array.from({ length: size }, () => dice.between(0, 255)));
