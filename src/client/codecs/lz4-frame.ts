import { blockBound, compressBlock, decompressBlock, MAX_BLOCK_BYTES } from './lz4-block';

const MAGIC = 0x184d2204;

/**
 * Independent blocks of 64 KiB without checksums, as written by Kafka's Java client. Record batches have their own
 * checksums.
 */
const HEADER = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const END_MARK_BYTES = 4;
const SIZE_BYTES = 4;

/** Marks a block that is stored uncompressed, because compression did not reduce it. */
const AS_IT_IS = 0x80000000;

const FLAG_BLOCK_CHECKSUM = 0x10;
const FLAG_CONTENT_SIZE = 0x08;
const CONTENT_SIZE_BYTES = 8;

/** Maximum block size by its code in the header; each size is four times the previous one. */
const blockBytes = (code: number): number => 1 << (2 * code + 8);

/** An LZ4 frame that every Kafka client can read. */
export function compressFrame(data: Buffer): Buffer {
  const blocks = Math.ceil(data.length / MAX_BLOCK_BYTES);
  const target = Buffer.allocUnsafe(
    HEADER.length + blocks * (SIZE_BYTES + blockBound(MAX_BLOCK_BYTES)) + END_MARK_BYTES,
  );
  let to = HEADER.copy(target);
  for (let from = 0; from < data.length; from += MAX_BLOCK_BYTES) {
    const block = data.subarray(from, from + MAX_BLOCK_BYTES);
    const bytes = compressBlock(block, target.subarray(to + SIZE_BYTES));
    if (bytes < block.length) to = target.writeUInt32LE(bytes, to) + bytes;
    else {
      to = target.writeUInt32LE(AS_IT_IS + block.length, to);
      to += block.copy(target, to);
    }
  }
  return target.subarray(0, target.writeUInt32LE(0, to));
}

/**
 * Decompresses a frame. Checksums are ignored, because brokers check those of record batches. @throws {RangeError} if
 * the frame is damaged
 */
export function decompressFrame(frame: Buffer): Buffer {
  if (frame.readUInt32LE(0) !== MAGIC) throw new RangeError('this is no LZ4 frame');
  const flags = frame.readUInt8(4);
  const maxBytes = blockBytes((frame.readUInt8(5) >> 4) & 7);
  const first = HEADER.length + ((flags & FLAG_CONTENT_SIZE) === 0 ? 0 : CONTENT_SIZE_BYTES);
  const blocks = blocksOf(frame, first, (flags & FLAG_BLOCK_CHECKSUM) === 0 ? 0 : SIZE_BYTES);
  const target = Buffer.allocUnsafe(blocks.length * maxBytes);
  let to = 0;
  for (const { bytes, isCompressed } of blocks)
    to = isCompressed ? decompressBlock(bytes, target, to) : to + bytes.copy(target, to);
  return target.subarray(0, to);
}

interface Block {
  readonly bytes: Buffer;
  readonly isCompressed: boolean;
}

function blocksOf(frame: Buffer, first: number, checksumBytes: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = first; ;) {
    const size = frame.readUInt32LE(at);
    if (size === 0) return blocks;
    const length = size & ~AS_IT_IS;
    const begin = at + SIZE_BYTES;
    if (begin + length > frame.length) throw new RangeError('the LZ4 frame is cut off');
    blocks.push({ bytes: frame.subarray(begin, begin + length), isCompressed: size === length });
    at = begin + length + checksumBytes;
  }
}
