/**
 * Decoders rely on these rules of the format: a block ends with at least five literals, and no match starts in the last
 * twelve bytes.
 */
const LAST_LITERALS = 5;
const LAST_MATCH = 12;

const MIN_MATCH = 4;
/** The largest length that fits into half of a token. The rest of a longer length follows in bytes. */
const INLINE = 15;

const HASH_BITS = 13;
const HASH_MULTIPLIER = 0x9e3779b1;
/** After this number of misses the search step grows, so that incompressible data is skipped quickly. */
const MISSES_PER_STEP_BITS = 6;

/** Positions must fit into the hash table, and distances into two bytes. */
export const MAX_BLOCK_BYTES = 65_536;

/** Maximum size of a compressed block. */
export const blockBound = (bytes: number): number => bytes + Math.ceil(bytes / 255) + 16;

/**
 * Compresses one LZ4 block into the start of the target, which has room for `blockBound` bytes.
 * @param source at most `MAX_BLOCK_BYTES`
 * @returns the number of bytes written
 */
export function compressBlock(source: Buffer, target: Buffer): number {
  const seen = new Uint16Array(1 << HASH_BITS);
  const writer = new SequenceWriter(source, target);
  const lastStart = source.length - LAST_MATCH;
  let misses = 0;
  for (let at = 1; at <= lastStart;) {
    const word = source.readInt32LE(at);
    const slot = Math.imul(word, HASH_MULTIPLIER) >>> (32 - HASH_BITS);
    const candidate = seen[slot] ?? 0;
    seen[slot] = at;
    if (candidate < at && source.readInt32LE(candidate) === word) {
      const end = matchEnd(source, candidate, at);
      writer.match(at, at - candidate, end - at);
      at = end;
      misses = 0;
    } else {
      at += 1 + (misses >> MISSES_PER_STEP_BITS);
      misses += 1;
    }
  }
  return writer.end();
}

/**
 * Decompresses one LZ4 block. Matches may refer to data before it in the target.
 * @returns the end of the data in the target
 * @throws {RangeError} if the block is damaged
 */
export function decompressBlock(block: Buffer, target: Buffer, start: number): number {
  let from = 0;
  let to = start;
  const lengthOf = (inline: number): number => {
    let length = inline;
    if (inline < INLINE) return length;
    for (let more = 255; more === 255; length += more) more = block.readUInt8(from++);
    return length;
  };
  while (from < block.length) {
    const token = block.readUInt8(from++);
    const literals = lengthOf(token >> 4);
    assertRoom(from + literals <= block.length && to + literals <= target.length);
    block.copy(target, to, from, from + literals);
    from += literals;
    to += literals;
    // The last sequence has no match.
    if (from === block.length) break;
    const distance = block.readUInt16LE(from);
    from += 2;
    const length = lengthOf(token & INLINE) + MIN_MATCH;
    assertRoom(distance > 0 && distance <= to && to + length <= target.length);
    // A match may overlap its own output. It must then be copied byte by byte, which repeats the data.
    if (distance >= length) target.copyWithin(to, to - distance, to - distance + length);
    else for (let at = to; at < to + length; at++) target[at] = target[at - distance] ?? 0;
    to += length;
  }
  return to;
}

class SequenceWriter {
  private anchor = 0;
  private to = 0;

  constructor(
    private readonly source: Buffer,
    private readonly target: Buffer,
  ) {}

  /** Writes the pending bytes before `at` as literals, then the match. */
  match(at: number, distance: number, length: number): void {
    this.literals(at, length - MIN_MATCH);
    this.to = this.target.writeUInt16LE(distance, this.to);
    this.rest(length - MIN_MATCH);
    this.anchor = at + length;
  }

  end(): number {
    this.literals(this.source.length, 0);
    return this.to;
  }

  private literals(until: number, matchLength: number): void {
    const count = until - this.anchor;
    this.target[this.to++] = (Math.min(count, INLINE) << 4) | Math.min(matchLength, INLINE);
    this.rest(count);
    this.to += this.source.copy(this.target, this.to, this.anchor, until);
  }

  private rest(length: number): void {
    if (length < INLINE) return;
    let left = length - INLINE;
    for (; left >= 255; left -= 255) this.target[this.to++] = 255;
    this.target[this.to++] = left;
  }
}

function matchEnd(source: Buffer, candidate: number, at: number): number {
  const limit = source.length - LAST_LITERALS;
  const distance = at - candidate;
  let end = at + MIN_MATCH;
  while (end < limit && source[end] === source[end - distance]) end += 1;
  return end;
}

function assertRoom(isThere: boolean): void {
  if (!isThere) throw new RangeError('the LZ4 block is damaged');
}
