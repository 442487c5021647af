/** Size of the offset and the length with which every batch starts. */
const BATCH_HEAD = 12;

/**
 * Yields the complete record batches. The last batch may be incomplete, because brokers cut responses at their size
 * limit.
 */
export function* wholeBatches(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at + BATCH_HEAD <= bytes.length;) {
    const end = at + BATCH_HEAD + bytes.readInt32BE(at + BATCH_HEAD - 4);
    if (end > bytes.length) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}
