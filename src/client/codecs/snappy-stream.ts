import { compress, uncompress } from 'snappyjs';

/**
 * Magic header of `snappy-java`, which Kafka's Java client uses. The version and the oldest compatible version follow.
 */
const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER = Buffer.concat([MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])]);
const BLOCK_BYTES = 32 * 1024;

/**
 * Three compressed bytes expand to at most 64. A block that claims more is damaged and must not cause the allocation of
 * that much memory.
 */
const MOST_EXPANSION = 22;

/** Snappy blocks in the framing of `snappy-java`, which every Kafka client can read. */
export function compressStream(data: Buffer): Buffer {
  const parts: Buffer[] = [HEADER];
  for (let from = 0; from < data.length; from += BLOCK_BYTES) {
    const block = compress(data.subarray(from, from + BLOCK_BYTES));
    const size = Buffer.alloc(4);
    size.writeUInt32BE(block.length);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}

/**
 * Decompresses the framing of `snappy-java`, or unframed Snappy, which other clients write. @throws if the data is
 * damaged
 */
export function decompressStream(stream: Buffer): Buffer {
  if (!stream.subarray(0, MAGIC.length).equals(MAGIC)) return uncompressBlock(stream);
  const parts: Buffer[] = [];
  for (let at = HEADER.length; at < stream.length;) {
    const begin = at + 4;
    const end = begin + stream.readUInt32BE(at);
    if (end > stream.length) throw new RangeError('the Snappy stream is cut off');
    parts.push(uncompressBlock(stream.subarray(begin, end)));
    at = end;
  }
  return Buffer.concat(parts);
}

const uncompressBlock = (block: Buffer): Buffer => uncompress(block, block.length * MOST_EXPANSION);
