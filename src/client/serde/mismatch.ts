import { types, type Type } from 'avsc';
import { isPlain } from './bounded-blocks';
import { isObject } from './exact-fields';
import { isText } from './exact-values';

/**
 * The path at which a value does not match its type, and the expected type: `lines.0.quantity: expected int`. The value
 * itself is not included.
 */
export function mismatch(type: Type, value: unknown, path = ''): string | undefined {
  if (type instanceof types.RecordType) return mismatchOfRecord(type, value, path);
  if (type instanceof types.ArrayType) {
    if (!Array.isArray(value)) return at(path, 'expected array');
    return first(value.entries(), ([index, item]) => mismatch(type.itemsType, item, join(path, index)));
  }
  if (type instanceof types.MapType) {
    if (!isPlain(value)) return at(path, 'expected map (a plain object)');
    // Keys of a map are payload and must not be shown.
    if (!Object.keys(value).every(isText)) return at(join(path, '*'), 'its key has half of a surrogate pair');
    return first(Object.values(value), (item) => mismatch(type.valuesType as Type, item, join(path, '*')));
  }
  if (type instanceof types.UnwrappedUnionType) return mismatchOfUnion(type, value, path);
  if (type instanceof types.WrappedUnionType) return mismatchOfWrapped(type, value, path);
  return type.isValid(value) ? undefined : at(path, `expected ${described(type)}`);
}

function mismatchOfRecord({ fields }: types.RecordType, value: unknown, path: string): string | undefined {
  if (!isObject(value) || (fields.length === 0 && !isPlain(value))) return at(path, 'expected record');
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) return at(join(path, unknown), `no such field; there are ${names.join(', ')}`);
  return first(fields, ({ name, type }) =>
    value[name] === undefined ? at(join(path, name), 'missing') : mismatch(type, value[name], join(path, name)),
  );
}

function mismatchOfUnion(
  { types: branches }: types.UnwrappedUnionType,
  value: unknown,
  path: string,
): string | undefined {
  const others = branches.filter((branch) => !(branch instanceof types.NullType));
  if (value === null && others.length < branches.length) return undefined;
  const [only] = others;
  if (others.length === 1 && only !== undefined) return mismatch(only, value, path);
  const isFit = branches.some((branch) => mismatch(branch, value) === undefined);
  return isFit ? undefined : at(path, `expected ${branches.map(described).join(' or ')}`);
}

/** A wrapped value: the only key of the object names its branch. */
function mismatchOfWrapped(
  { types: branches }: types.WrappedUnionType,
  value: unknown,
  path: string,
): string | undefined {
  const named = branches.filter((branch) => !(branch instanceof types.NullType));
  if (value === null && named.length < branches.length) return undefined;
  const [name, ...others] = isPlain(value) ? Object.keys(value) : [];
  const branch = others.length === 0 ? named.find(({ branchName }) => branchName === name) : undefined;
  if (branch !== undefined && isObject(value)) return mismatch(branch, value[String(name)], join(path, String(name)));
  const orNull = named.length < branches.length ? ' or null' : '';
  return at(
    path,
    `expected an object with one of the keys ${named.map((each) => each.branchName).join(', ')}${orNull}`,
  );
}

function described(type: Type): string {
  if (type instanceof types.EnumType) return `one of ${type.symbols.join(', ')}`;
  if (type instanceof types.FixedType) return `fixed (a Buffer of ${type.size} bytes)`;
  const more = MORE[type.typeName];
  return more === undefined ? type.typeName : `${type.typeName} (${more})`;
}

/** Restrictions beyond JavaScript's types. */
const MORE: Readonly<Record<string, string>> = {
  int: 'a whole number of 32 bits',
  long: 'a whole number between -2^52 and 2^52',
  float: 'a number up to 3.4e38',
  bytes: 'a Buffer',
  string: 'without half of a surrogate pair',
};

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const join = (path: string, name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);

const at = (path: string, problem: string): string => `${path === '' ? 'the event' : path}: ${problem}`;
