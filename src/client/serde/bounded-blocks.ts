import { types, type Schema, type Type } from 'avsc';
import type { Part, Tap } from './avsc-internals';
import { isText } from './exact-values';

/** The bytes announce more items than can follow. */
export class BlockTooLong extends Error {
  override readonly name = 'BlockTooLong';
}

/**
 * For avsc's `typeHook`: arrays and maps that reject blocks with more items than remaining bytes. avsc 5.7.9 accepts
 * any count, so ten malicious bytes can fill the memory or cause an endless loop. The same limit applies to items
 * without bytes, such as nulls.
 */
export const boundedBlocks = (schema: Schema, options: object): Type | undefined => {
  const { type } = schema as { readonly type?: unknown };
  if (type === 'array') return new BoundedArray(schema, options);
  return type === 'map' ? new BoundedMap(schema, options) : undefined;
};

/** Reads the items of an array. @throws {BlockTooLong} */
export function readItems(tap: Tap, read: (tap: Tap) => unknown): unknown[] {
  const items: unknown[] = [];
  for (let left = blockLength(tap); left > 0; left = blockLength(tap))
    for (; left > 0; left -= 1) items.push(read(tap));
  return items;
}

/** Reads the entries of a map. @throws {BlockTooLong} */
export function readEntries(tap: Tap, read: (tap: Tap) => unknown): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (let left = blockLength(tap); left > 0; left = blockLength(tap))
    for (; left > 0; left -= 1) entries.push([tap.readString(), read(tap)]);
  // Also correct for the key `__proto__`.
  return Object.fromEntries(entries);
}

class BoundedArray extends types.ArrayType {
  _read(tap: Tap): unknown[] {
    const { itemsType } = this as unknown as { readonly itemsType: Part };
    return readItems(tap, (each) => itemsType._read(each));
  }

  _skip(tap: Tap): void {
    const { itemsType } = this as unknown as { readonly itemsType: Part };
    for (let left = blockLength(tap); left > 0; left = blockLength(tap))
      for (; left > 0; left -= 1) itemsType._skip(tap);
  }
}

/** A plain object: avsc would accept a `Map`, a `Date` or a `Promise` as an empty one. */
export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === '[object Object]';

class BoundedMap extends types.MapType {
  _check(value: unknown, _flags: unknown, hook?: (value: unknown, type: Type) => void): boolean {
    if (
      isPlain(value) &&
      Object.entries(value).every(([key, each]) => isText(key) && (this.valuesType as Type).isValid(each))
    )
      return true;
    hook?.(value, this);
    return false;
  }

  _read(tap: Tap): Record<string, unknown> {
    const { valuesType } = this as unknown as { readonly valuesType: Part };
    return readEntries(tap, (each) => valuesType._read(each));
  }

  _skip(tap: Tap): void {
    const { valuesType } = this as unknown as { readonly valuesType: Part };
    for (let left = blockLength(tap); left > 0; left = blockLength(tap)) {
      for (; left > 0; left -= 1) {
        tap.skipString();
        valuesType._skip(tap);
      }
    }
  }

  _write(tap: Tap, value: unknown): void {
    const { valuesType } = this as unknown as { readonly valuesType: Part };
    if (!isPlain(value)) throw new TypeError('expected map');
    const keys = Object.keys(value);
    if (keys.length > 0) tap.writeLong(keys.length);
    for (const key of keys) {
      if (!isText(key)) throw new TypeError('expected text');
      tap.writeString(key);
      valuesType._write(tap, value[key]);
    }
    tap.writeLong(0);
  }
}

function blockLength(tap: Tap): number {
  let length = tap.readLong();
  if (length < 0) {
    length = -length;
    tap.skipLong();
  }
  // Also rejects a count that needs more bytes than any number has.
  if (length <= tap.buf.length - tap.pos || length === 0) return length;
  throw new BlockTooLong();
}
