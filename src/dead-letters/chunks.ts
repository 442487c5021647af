import type { OpenRecord } from '../client/producer/record';

/** The copy of a dead letter record, and the offset of that record. */
export interface Copy {
  readonly offset: bigint;
  readonly record: OpenRecord;
}

interface Limits {
  readonly records: number;
  /** Maximum bytes of a chunk; a larger record is a chunk of its own. */
  readonly bytes: number;
}

/** Groups copies into chunks within the limits, in order. */
export async function* chunks(copies: AsyncIterable<Copy>, limits: Limits): AsyncGenerator<readonly Copy[]> {
  let chunk: Copy[] = [];
  let bytes = 0;
  for await (const copy of copies) {
    if (chunk.length === limits.records || (chunk.length > 0 && bytes + copy.record.bytes > limits.bytes)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(copy);
    bytes += copy.record.bytes;
  }
  if (chunk.length > 0) yield chunk;
}
