import { types, type Schema, type Type } from 'avsc';
import type { Tap } from './avsc-internals';

type Hook = (value: unknown, type: Type) => void;

/** avsc would write the value as a different one. */
class NotExact extends Error {
  override readonly name = 'NotExact';
}

/**
 * For avsc's `typeHook`: types that reject values that avsc 5.7.9 writes as something else. An enum accepts `['RED']`
 * and names of built-in properties (`constructor`), half a surrogate pair becomes another character, and a number
 * beyond the range of a float becomes infinity.
 */
export function exactValues(schema: Schema, options: object): Type | undefined {
  const type = typeof schema === 'string' ? schema : (schema as { readonly type?: unknown }).type;
  switch (type) {
    case 'string':
      return new ExactString();
    case 'float':
      return new ExactFloat();
    case 'enum':
      return new ExactEnum(schema, options);
    default:
      return undefined;
  }
}

/** Text that UTF-8 can represent. */
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && (value as unknown as { isWellFormed(): boolean }).isWellFormed();

class ExactString extends types.StringType {
  _check(value: unknown, _flags: unknown, hook?: Hook): boolean {
    return checked(isText(value), { value, type: this, hook });
  }

  _write(tap: Tap, value: unknown): void {
    if (!isText(value)) throw new NotExact();
    tap.writeString(value);
  }
}

class ExactFloat extends types.FloatType {
  _check(value: unknown, _flags: unknown, hook?: Hook): boolean {
    return checked(isFloat(value), { value, type: this, hook });
  }

  _write(tap: Tap, value: unknown): void {
    if (!isFloat(value)) throw new NotExact();
    tap.writeFloat(value);
  }
}

class ExactEnum extends types.EnumType {
  _check(value: unknown, _flags: unknown, hook?: Hook): boolean {
    return checked(this.indexOf(value) !== undefined, { value, type: this, hook });
  }

  _write(tap: Tap, value: unknown): void {
    const index = this.indexOf(value);
    if (index === undefined) throw new NotExact();
    tap.writeLong(index);
  }

  private indexOf(value: unknown): number | undefined {
    const { _indices: indices } = this as unknown as { readonly _indices: Readonly<Record<string, number>> };
    return typeof value === 'string' && Object.hasOwn(indices, value) ? indices[value] : undefined;
  }
}

const isFloat = (value: unknown): value is number =>
  typeof value === 'number' && (Number.isFinite(Math.fround(value)) || !Number.isFinite(value));

interface Checked {
  readonly value: unknown;
  readonly type: Type;
  readonly hook: Hook | undefined;
}

function checked(isFit: boolean, { value, type, hook }: Checked): boolean {
  if (!isFit) hook?.(value, type);
  return isFit;
}
