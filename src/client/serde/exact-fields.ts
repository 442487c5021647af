import { types, type Type } from 'avsc';

type Check = (value: unknown) => boolean;

/**
 * Looks for what avsc does not see when it writes: fields that the schema does not have, which would vanish, and missing
 * ones with a default, which a misspelt name leaves behind. The types of values are avsc's to check.
 * @returns the check; undefined where there are no records within the type
 */
export function exactFields(type: Type, known = new Map<Type, Check>()): Check | undefined {
  if (type instanceof types.RecordType) return known.get(type) ?? ofRecord(type, known);
  if (type instanceof types.ArrayType) return ofArray(type.itemsType, known);
  if (type instanceof types.MapType) return ofMap(type.valuesType as Type, known);
  return type instanceof types.UnwrappedUnionType ? ofUnion(type.types, known) : undefined;
}

function ofRecord(type: types.RecordType, known: Map<Type, Check>): Check {
  const count = type.fields.length;
  const withDefault = type.fields.filter((field) => field.defaultValue() !== undefined).map(({ name }) => name);
  const inner: { readonly name: string; readonly check: Check }[] = [];
  const isExact: Check = (value) => {
    if (!isObject(value)) return true;
    // avsc refuses a missing field without a default: with all that are declared there, the count leaves room for no other.
    if (Object.keys(value).length !== count) return false;
    for (const name of withDefault) if (value[name] === undefined) return false;
    for (const { name, check } of inner) if (!check(value[name])) return false;
    return true;
  };
  // Before the fields are looked at: one of them may hold records of this type.
  known.set(type, isExact);
  for (const { name, type: fieldType } of type.fields) {
    const check = exactFields(fieldType, known);
    if (check !== undefined) inner.push({ name, check });
  }
  return isExact;
}

function ofArray(itemsType: Type, known: Map<Type, Check>): Check | undefined {
  const check = exactFields(itemsType, known);
  if (check === undefined) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return true;
    for (const item of value) if (!check(item)) return false;
    return true;
  };
}

function ofMap(valuesType: Type, known: Map<Type, Check>): Check | undefined {
  const check = exactFields(valuesType, known);
  return check && ((value) => !isObject(value) || Object.values(value).every(check));
}

/** Where no value is wrapped, a union has at most one kind of array, and at most one of map or record. */
function ofUnion(branches: readonly Type[], known: Map<Type, Check>): Check | undefined {
  const arrays = branches.find((branch) => branch instanceof types.ArrayType);
  const objects = branches.find((branch) => branch instanceof types.RecordType || branch instanceof types.MapType);
  const ofList = arrays && exactFields(arrays, known);
  const ofObject = objects && exactFields(objects, known);
  if (ofList === undefined && ofObject === undefined) return undefined;
  return (value) => (Array.isArray(value) ? ofList : ofObject)?.(value) ?? true;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
