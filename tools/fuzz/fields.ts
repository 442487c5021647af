import { z } from 'zod';
import { platformSchema } from '../../src/platform/schema';
import { bare } from './values';

export type Path = readonly (string | number)[];

export interface Field {
  readonly path: Path;
  readonly schema: z.ZodType;
}

/** All fields of a schema that are not objects themselves. */
export function fieldsOf(schema: z.ZodType, path: Path = []): readonly Field[] {
  const inner = bare(schema);
  // Every environment has one node pool.
  if (inner instanceof z.ZodArray && path.at(-1) === 'nodePools')
    return fieldsOf((inner as z.ZodArray<z.ZodType>).element, [...path, 0]);
  if (!(inner instanceof z.ZodObject)) return [{ path, schema }];
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, field]) =>
    fieldsOf(field, [...path, key]),
  );
}

/** Fields that are changed by shapes instead; so far manifests have one mode of security. */
const APART = new Set(['topics', 'applications', 'brokers.properties', 'brokers.listeners', 'security.mode']);

/** All fields of the platform except topics, applications and broker properties. */
export const PLATFORM_FIELDS = fieldsOf(platformSchema).filter(({ path }) => !APART.has(path.join('.')));

export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    input,
  );
}

/** A copy with one change; `undefined` removes the value. */
export function withChange(input: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(input) ? [...(input as unknown[])] : isPlain(input) ? { ...input } : {}) as Record<
    string | number,
    unknown
  >;
  const inner = withChange(copy[key], rest, value);
  if (inner === undefined) Reflect.deleteProperty(copy, key);
  else copy[key] = inner;
  return copy;
}

const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null;
