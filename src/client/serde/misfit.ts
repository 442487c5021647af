import { types, type Type } from 'avsc';
import { isObject } from './exact-fields';

/** Where a value does not fit its type, and what would: `lines.0.quantity: expected int`. Never the value itself. */
export function misfit(type: Type, value: unknown, path = ''): string | undefined {
  if (type instanceof types.RecordType) return misfitOfRecord(type, value, path);
  if (type instanceof types.ArrayType) {
    if (!Array.isArray(value)) return at(path, 'expected array');
    return first(value.entries(), ([index, item]) => misfit(type.itemsType, item, join(path, index)));
  }
  if (type instanceof types.MapType) {
    if (!isObject(value)) return at(path, 'expected map');
    // Keys of a map are payload.
    return first(Object.values(value), (item) => misfit(type.valuesType as Type, item, join(path, '*')));
  }
  if (type instanceof types.UnwrappedUnionType) return misfitOfUnion(type, value, path);
  return type.isValid(value) ? undefined : at(path, `expected ${described(type)}`);
}

function misfitOfRecord({ fields }: types.RecordType, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return at(path, 'expected record');
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) return at(join(path, unknown), `no such field; there are ${names.join(', ')}`);
  return first(fields, ({ name, type }) =>
    value[name] === undefined ? at(join(path, name), 'missing') : misfit(type, value[name], join(path, name)),
  );
}

function misfitOfUnion(
  { types: branches }: types.UnwrappedUnionType,
  value: unknown,
  path: string,
): string | undefined {
  const others = branches.filter((branch) => !(branch instanceof types.NullType));
  if (value === null && others.length < branches.length) return undefined;
  const [only] = others;
  if (others.length === 1 && only !== undefined) return misfit(only, value, path);
  const isFit = branches.some((branch) => misfit(branch, value) === undefined);
  return isFit ? undefined : at(path, `expected ${branches.map(described).join(' or ')}`);
}

function described(type: Type): string {
  if (type instanceof types.EnumType) return `one of ${type.symbols.join(', ')}`;
  return type instanceof types.LongType ? 'long (a whole number between -2^52 and 2^52)' : type.typeName;
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const join = (path: string, name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);

const at = (path: string, problem: string): string => `${path === '' ? 'the event' : path}: ${problem}`;
