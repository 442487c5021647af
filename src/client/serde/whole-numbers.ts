import { types, type Schema, type Type } from 'avsc';
import type { Tap } from './avsc-internals';

/** The bytes contain a whole number that JavaScript cannot represent exactly, or that exceeds its type. */
export class NumberTooLarge extends Error {
  override readonly name = 'NumberTooLarge';
}

/**
 * For avsc's `typeHook`: reads whole numbers exactly or fails. avsc 5.7.9 doubles a long before it decodes the sign:
 * below -2^52 the doubled number is inexact and is returned as a positive number. It also reads any long as an int.
 */
export function wholeNumbers(schema: Schema): Type | undefined {
  const type = typeof schema === 'string' ? schema : (schema as { readonly type?: unknown }).type;
  if (type === 'long') return new ExactLong();
  return type === 'int' ? new ExactInt() : undefined;
}

class ExactLong extends types.LongType {
  _check(value: unknown, _flags: unknown, hook?: (value: unknown, type: Type) => void): boolean {
    if (isExact(value)) return true;
    hook?.(value, this);
    return false;
  }

  _read(tap: Tap): number {
    const value = tap.readLong();
    if (isExact(value)) return value;
    throw new NumberTooLarge();
  }

  _write(tap: Tap, value: unknown): void {
    if (!isExact(value)) throw new NumberTooLarge();
    tap.writeLong(value);
  }
}

class ExactInt extends types.IntType {
  _read(tap: Tap): number {
    const value = tap.readLong();
    if (value === (value | 0)) return value;
    throw new NumberTooLarge();
  }
}

const LIMIT = 2 ** 52;

const isExact = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) < LIMIT && (value as number) > -LIMIT;
