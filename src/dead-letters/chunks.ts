import type { OpenRecord } from '../client/producer/record';

/** A letter's copy, and where the letter stands. */
export interface Copy {
  readonly offset: bigint;
  readonly record: OpenRecord;
}

interface Limits {
  readonly records: number;
  /** A record that is larger goes alone. */
  readonly bytes: number;
}

/** Copies in their order, together up to the limits. */
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
