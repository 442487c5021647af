import { types, type Schema, type Type } from 'avsc';
import type { Part, Tap } from './avsc-internals';

/** The bytes name more items than there can be. */
export class BlockTooLong extends Error {
  override readonly name = 'BlockTooLong';
}

/**
 * Arrays and maps that refuse blocks of more items than bytes that are left, for the `typeHook` of avsc. avsc 5.7.9
 * believes any count: ten bytes of poison make it fill memory, or go round for ever. Items without bytes, such as nulls,
 * are refused beyond the same bound.
 */
export const boundedBlocks = (schema: Schema, options: object): Type | undefined => {
  const { type } = schema as { readonly type?: unknown };
  if (type === 'array') return new BoundedArray(schema, options);
  return type === 'map' ? new BoundedMap(schema, options) : undefined;
};

/** Resolvers of a type borrow `_read`, with the resolver of the items in place of their type. */
class BoundedArray extends types.ArrayType {
  _read(tap: Tap): unknown[] {
    const { itemsType } = this as unknown as { readonly itemsType: Part };
    const items: unknown[] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap))
      for (; left > 0; left -= 1) items.push(itemsType._read(tap));
    return items;
  }

  _skip(tap: Tap): void {
    const { itemsType } = this as unknown as { readonly itemsType: Part };
    for (let left = blockLength(tap); left > 0; left = blockLength(tap))
      for (; left > 0; left -= 1) itemsType._skip(tap);
  }
}

class BoundedMap extends types.MapType {
  _read(tap: Tap): Record<string, unknown> {
    const { valuesType } = this as unknown as { readonly valuesType: Part };
    const entries: [string, unknown][] = [];
    for (let left = blockLength(tap); left > 0; left = blockLength(tap))
      for (; left > 0; left -= 1) entries.push([tap.readString(), valuesType._read(tap)]);
    return Object.fromEntries(entries);
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
}

function blockLength(tap: Tap): number {
  let length = tap.readLong();
  if (length < 0) {
    length = -length;
    tap.skipLong();
  }
  // Not even a number after a count of more bytes than any has.
  if (length <= tap.buf.length - tap.pos || length === 0) return length;
  throw new BlockTooLong();
}
