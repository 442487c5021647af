import { types, type Type } from 'avsc';
import { isPlain } from './bounded-blocks';

type Check = (value: unknown) => boolean;

/**
 * Creates a check for errors that avsc does not detect when it writes: unknown fields, which would be lost, and missing
 * fields with a default, which may be misspelt. avsc itself checks the types of values.
 * @returns the check; undefined if the type contains neither records nor wrapped values
 */
export function exactFields(type: Type, known = new Map<Type, Check>()): Check | undefined {
  if (type instanceof types.RecordType) return known.get(type) ?? ofRecord(type, known);
  if (type instanceof types.ArrayType) return ofArray(type.itemsType, known);
  if (type instanceof types.MapType) return ofMap(type.valuesType as Type, known);
  if (type instanceof types.WrappedUnionType) return ofWrapped(type.types, known);
  return type instanceof types.UnwrappedUnionType ? ofUnion(type.types, known) : undefined;
}

function ofRecord(type: types.RecordType, known: Map<Type, Check>): Check {
  const count = type.fields.length;
  const withDefault = type.fields.filter((field) => field.defaultValue() !== undefined).map(({ name }) => name);
  const inner: { readonly name: string; readonly check: Check }[] = [];
  const isExact: Check = (value) => {
    if (!isObject(value)) return true;
    // avsc would accept a list or a `Date` as an empty record.
    if (count === 0 && !isPlain(value)) return false;
    // avsc rejects a missing field without a default. If all declared fields are present, the count excludes additional
    // fields.
    if (Object.keys(value).length !== count) return false;
    for (const name of withDefault) if (value[name] === undefined) return false;
    for (const { name, check } of inner) if (!check(value[name])) return false;
    return true;
  };
  // Registered before the fields are visited, because a field may contain records of this type.
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

/** If no value is wrapped, a union has at most one array type and at most one map or record type. */
function ofUnion(branches: readonly Type[], known: Map<Type, Check>): Check | undefined {
  const arrays = branches.find((branch) => branch instanceof types.ArrayType);
  const objects = branches.find((branch) => branch instanceof types.RecordType || branch instanceof types.MapType);
  const ofList = arrays && exactFields(arrays, known);
  const ofObject = objects && exactFields(objects, known);
  if (ofList === undefined && ofObject === undefined) return undefined;
  return (value) => Buffer.isBuffer(value) || ((Array.isArray(value) ? ofList : ofObject)?.(value) ?? true);
}

/** The name of the branch is the only key of a wrapped value; null is never wrapped. */
function ofWrapped(branches: readonly Type[], known: Map<Type, Check>): Check {
  const checks = new Map<string, Check>([['null', () => false]]);
  for (const branch of branches) {
    const check = exactFields(branch, known);
    if (check !== undefined) checks.set(branch.branchName ?? '', check);
  }
  return (value) =>
    !isObject(value) || Object.entries(value).every(([name, inner]) => checks.get(name)?.(inner) ?? true);
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
