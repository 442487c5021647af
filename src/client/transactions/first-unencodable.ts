import { encodingProblem, UnencodableRecord } from '../producer/encodable';

/** The problem of the first record that cannot be encoded; undefined if all can. */
export function firstUnencodable(records: unknown): UnencodableRecord | undefined {
  if (!Array.isArray(records)) return new UnencodableRecord(undefined, 'no array of records was given');
  for (const [index, record] of (records as readonly unknown[]).entries()) {
    const { topic } = (record ?? {}) as { readonly topic?: unknown };
    const problem = encodingProblem(record);
    if (problem !== undefined) return new UnencodableRecord(topic, `record ${index}: ${problem}`);
  }
  return undefined;
}
