import { compress, uncompress } from 'snappyjs';

/** How `snappy-java` begins: what Kafka's Java client writes. The versions follow, current and oldest that reads it. */
const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER = Buffer.concat([MAGIC, Buffer.from([0, 0, 0, 1, 0, 0, 0, 1])]);
const BLOCK_BYTES = 32 * 1024;

/** Three bytes make 64 at the most: a block that claims more is damaged, and must not take the memory that it claims. */
const MOST_EXPANSION = 22;

/** Blocks of Snappy in the framing of `snappy-java`, as every client of Kafka reads it. */
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

/** Of the framing of `snappy-java`, or of bare Snappy, which other clients write. @throws when it is damaged */
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
