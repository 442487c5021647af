import { z } from 'zod';
import { FOREVER, exactBytes, exactDuration, type Bytes, type BytesPerSecond, type Milliseconds } from './units';

declare module 'zod' {
  interface GlobalMeta {
    /** Description of the allowed values, quoted in error messages. */
    allowed?: string;
    /** Unit of a number. */
    unit?: string;
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A DNS label as Kubernetes requires it (RFC 1123). */
export function dnsLabel(maxLength = 63) {
  return z
    .string()
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'this name becomes part of a DNS name and has to be a DNS label')
    .max(maxLength, `names that are derived from this one would exceed the 63 characters of a DNS label`)
    .meta({
      allowed: `lower-case letters, digits and dashes, a letter first, no dash last, ${maxLength} characters at most`,
    });
}

/** A dotted DNS name (RFC 1123 subdomain), for example of a storage class or cluster domain. */
export function dnsName() {
  return z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'this is no DNS name')
    .max(253)
    .meta({ allowed: 'lower-case letters, digits, dashes and dots, 253 characters at most' });
}

export function wholeNumber({ min, max }: Range) {
  return z
    .int()
    .min(min)
    .max(max)
    .meta({ allowed: `a whole number from ${min} to ${max}` });
}

/** A CPU request, in thousandths of a core. */
export const millicores = (range: Range) => wholeNumber(range).meta({ unit: 'millicores' });

/** A TCP port that an unprivileged process can open. */
export function port() {
  return z.int().min(1024).max(65_535).meta({ allowed: 'a port from 1024 to 65535' });
}

/** A container image reference with a fixed version. */
export function image() {
  return z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/:-]*(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/, 'an image needs a tag or a digest')
    .refine(
      (name) => !name.endsWith(':latest'),
      'the tag `latest` changes from pull to pull: pods of one workload could differ, and a restart could change what runs',
    )
    .meta({ allowed: 'a name with a fixed tag or a sha256 digest' });
}

/** A regular expression that JavaScript and Go (RE2) interpret alike. */
export function pattern() {
  return z
    .string()
    .min(1)
    .refine(isPattern, 'this is no regular expression that JavaScript and Go both read')
    .meta({ allowed: 'a regular expression without lookaround and back references' });
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
  } catch {
    return false;
  }
  return !/\(\?<?[=!]|\\[1-9]|\\k</.test(text);
}

export function size(range: { readonly min: Bytes; readonly max: Bytes }): z.ZodType<Bytes, Bytes> {
  const { min, max } = range;
  const schema = z
    .int()
    .min(min, 'the size is too small')
    .max(max, 'the size is too large')
    .meta({ allowed: `a size from ${exactBytes(min)} to ${exactBytes(max)}, in whole bytes`, unit: 'bytes' });
  return schema as unknown as z.ZodType<Bytes, Bytes>;
}

export function duration(range: {
  readonly min: Milliseconds;
  readonly max: Milliseconds;
}): z.ZodType<Milliseconds, Milliseconds> {
  const { min, max } = range;
  const from = min === FOREVER ? 'FOREVER, or a duration up to' : `a duration from ${exactDuration(min)} to`;
  const schema = z
    .int()
    .min(min, 'the duration is too short')
    .max(max, 'the duration is too long')
    .meta({ allowed: `${from} ${exactDuration(max)}, in whole milliseconds`, unit: 'ms' });
  return schema as unknown as z.ZodType<Milliseconds, Milliseconds>;
}

export function rate(): z.ZodType<BytesPerSecond, BytesPerSecond> {
  const schema = z.number().positive().meta({ allowed: 'bytes a second, more than 0', unit: 'bytes/s' });
  return schema as unknown as z.ZodType<BytesPerSecond, BytesPerSecond>;
}
