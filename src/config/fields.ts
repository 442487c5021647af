import { z } from 'zod';
import { formatBytes, formatDuration, type Bytes, type BytesPerSecond, type Milliseconds } from './units';

declare module 'zod' {
  interface GlobalMeta {
    /** What a field takes, in words; error messages quote it. */
    allowed?: string;
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A name that Kubernetes takes as DNS label (RFC 1123). */
export function dnsLabel(maxLength = 63) {
  return z
    .string()
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'this name becomes part of a DNS name and has to be a DNS label')
    .max(maxLength, `names that are derived from this one would exceed the 63 characters of a DNS label`)
    .meta({
      allowed: `lower-case letters, digits and dashes, a letter first, no dash last, ${maxLength} characters at most`,
    });
}

/** A dotted DNS name (RFC 1123 subdomain), as for storage classes and cluster domains. */
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

/** A TCP port that an unprivileged process may open. */
export function port() {
  return z.int().min(1024).max(65_535).meta({ allowed: 'a port from 1024 to 65535' });
}

/** A container image that means the same today and tomorrow. */
export function image() {
  return z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/:-]*(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/, 'an image needs a tag or a digest')
    .meta({ allowed: 'a name with a fixed tag or a sha256 digest' });
}

export function size(range: { readonly min: Bytes; readonly max: Bytes }): z.ZodType<Bytes, Bytes> {
  const { min, max } = range;
  const schema = z
    .int()
    .min(min)
    .max(max)
    .meta({ allowed: `whole bytes from ${min} (${formatBytes(min)}) to ${max} (${formatBytes(max)})` });
  return schema as unknown as z.ZodType<Bytes, Bytes>;
}

export function duration(range: {
  readonly min: Milliseconds;
  readonly max: Milliseconds;
}): z.ZodType<Milliseconds, Milliseconds> {
  const { min, max } = range;
  const schema = z
    .int()
    .min(min)
    .max(max)
    .meta({ allowed: `whole milliseconds from ${min} (${formatDuration(min)}) to ${max} (${formatDuration(max)})` });
  return schema as unknown as z.ZodType<Milliseconds, Milliseconds>;
}

export function rate(): z.ZodType<BytesPerSecond, BytesPerSecond> {
  const schema = z.number().positive().meta({ allowed: 'bytes a second, more than 0' });
  return schema as unknown as z.ZodType<BytesPerSecond, BytesPerSecond>;
}
