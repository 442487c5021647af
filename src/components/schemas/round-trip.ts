import { prepared } from '../../client/serde/avro-type';
import type { Decoding } from '../../client/serde/avsc-internals';
import { onlyWriter } from '../../client/serde/only-writer';
import { readAs } from '../../client/serde/resolved-read';
import { TopicReader } from '../../client/serde/topic-reader';
import { TopicWriter } from '../../client/serde/topic-writer';
import { whyUnreadable } from '../../client/serde/why-unreadable';
import { PREFIX_BYTES } from '../../client/serde/wire-format';
import { sampleValues } from './sample-values';
import type { AvroSchema } from '../../avro/subject';

const ID = 1;

/**
 * Writes generated values with a schema and reads them back, as the clients do.
 * @returns the reason why the clients cannot use the schema; undefined if they can
 */
export function roundTripFault(schema: AvroSchema): string | undefined {
  try {
    return faultOf(schema);
  } catch (error) {
    return (error as Error).message;
  }
}

function faultOf(schema: AvroSchema): string | undefined {
  const reader = prepared(schema);
  const values = sampleValues(reader.tree);
  if (values.length === 0)
    return 'no value ends: a record holds itself, and neither null, a list nor a map comes between';
  const unreadable = whyUnreadable(schema, schema);
  if (unreadable !== undefined) return `a reader of it cannot read what it writes: ${unreadable}`;
  const own = new TopicWriter({ topic: 'generated', id: ID, schema });
  const direct = new TopicReader('generated', schema, onlyWriter(schema));
  // Values of another version are read through a resolver, which is a different code path.
  const resolver = readAs(reader, prepared(schema, 'without'));
  const decoding = reader.type as unknown as Decoding;
  for (const value of values) {
    const bytes = own.encode(value);
    const read = [direct.decode(bytes), decoding.decode(bytes, PREFIX_BYTES, resolver).value];
    if (!read.every((each) => isSame(each, value))) return 'a generated value is not read back as it was written';
  }
  return undefined;
}

/** NaN equals itself, and 0 differs from -0. */
function isSame(a: unknown, b: unknown): boolean {
  if (Buffer.isBuffer(a) || Buffer.isBuffer(b)) return Buffer.isBuffer(a) && Buffer.isBuffer(b) && a.equals(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}
