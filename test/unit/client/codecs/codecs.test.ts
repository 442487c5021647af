import { randomBytes } from 'node:crypto';
import { CompressionCodecs, CompressionTypes } from 'kafkajs';
import { compress as bareSnappy } from 'snappyjs';
import { blockBound, compressBlock, decompressBlock } from '../../../../src/client/codecs/lz4-block';
import { compressFrame, decompressFrame } from '../../../../src/client/codecs/lz4-frame';
import { registerCodecs } from '../../../../src/client/codecs/register';
import { compressStream, decompressStream } from '../../../../src/client/codecs/snappy-stream';
import { zstd } from '../../../../src/client/codecs/zstd';

const text = (bytes: number): Buffer =>
  Buffer.from(
    Array.from({ length: bytes / 20 + 1 }, (_, at) => `{"order":${at},"total":${at % 97}}`).join(''),
  ).subarray(0, bytes);

const CASES: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ...[1, 4, 5, 12, 13, 17, 20].map((bytes) => [`${bytes} equal bytes`, Buffer.alloc(bytes, 'a')] as const),
  ['what cannot be compressed', randomBytes(200_000)],
  ['text within a block', text(10_000)],
  ['text at the edge of a block', text(65_536)],
  ['text one beyond it', text(65_537)],
  ['text of many blocks', text(1_000_000)],
  ['one byte, for long', Buffer.alloc(300_000, 'x')],
  ['long literals, then a long match', Buffer.concat([randomBytes(400), Buffer.alloc(700, 'y'), randomBytes(300)])],
];

describe.each([
  ['lz4', compressFrame, decompressFrame],
  ['snappy', compressStream, decompressStream],
] as const)('%s', (_, compress, decompress) => {
  it.each(CASES)('restores %s', (_name, data) => {
    expect(decompress(compress(data)).equals(data)).toBe(true);
  });

  it('makes text smaller', () => {
    expect(compress(text(100_000)).length).toBeLessThan(40_000);
  });

  it('throws on any damaged or truncated data', () => {
    const whole = compress(text(2_000));
    expect(() => decompress(whole.subarray(0, whole.length / 2))).toThrow();
    for (let round = 0; round < 300; round++) {
      const damaged = Buffer.from(whole);
      damaged[Math.floor(Math.random() * damaged.length)] = Math.floor(Math.random() * 256);
      try {
        decompress(damaged);
      } catch (error) {
        expect((error as Error).message).not.toBe('');
      }
    }
  });
});

describe('lz4 blocks', () => {
  it.each(CASES.filter(([, { length }]) => length > 0 && length <= 65_536))(
    'end as decoders require: five literals, no match in the last twelve bytes (%s)',
    (_name, data) => {
      const target = Buffer.alloc(blockBound(data.length));
      const block = target.subarray(0, compressBlock(data, target));
      const { lastMatchAt, literals } = lastSequence(block);
      if (lastMatchAt === undefined) expect(literals).toBe(data.length);
      else {
        expect(literals).toBeGreaterThanOrEqual(5);
        expect(lastMatchAt).toBeLessThanOrEqual(data.length - 12);
      }
    },
  );

  it('may refer to the previous block', () => {
    const target = Buffer.alloc(24, 'a');
    // No literals, a match of 19 bytes from 4 bytes back, then one literal.
    expect(decompressBlock(Buffer.from([0x0f, 4, 0, 0, 0x10, 0x62]), target, 4)).toBe(24);
    expect(target.toString()).toBe(`${'a'.repeat(23)}b`);
  });
});

describe('kafkajs', () => {
  beforeAll(registerCodecs);

  interface Codec {
    compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
    decompress(data: Buffer): Promise<Buffer>;
  }

  it.each([CompressionTypes.Snappy, CompressionTypes.LZ4] as const)('supports codec %s', async (type) => {
    const codec = CompressionCodecs[type]() as Codec;
    expect((await codec.decompress(await codec.compress({ buffer: text(5_000) }))).equals(text(5_000))).toBe(true);
  });

  it('reads unframed snappy, which some clients write', async () => {
    const codec = CompressionCodecs[CompressionTypes.Snappy]() as Codec;
    expect((await codec.decompress(bareSnappy(text(5_000)))).equals(text(5_000))).toBe(true);
  });

  it('supports zstd if Node.js does, and otherwise names the required version', async () => {
    const make = CompressionCodecs[CompressionTypes.ZSTD] as () => Codec;
    if (zstd === undefined) expect(make).toThrow(`zstd, which Node has from 22.15 on and ${process.version} has not`);
    else expect(await make().decompress(await make().compress({ buffer: text(5_000) }))).toEqual(text(5_000));
  });
});

/** Start of the last match in the content of the block, and the number of literals after it. */
function lastSequence(block: Buffer): { readonly lastMatchAt?: number; readonly literals: number } {
  let from = 0;
  let at = 0;
  let lastMatchAt: number | undefined;
  const lengthOf = (inline: number): number => {
    let length = inline;
    if (inline === 15) for (let more = 255; more === 255; length += more) more = block[from++] ?? 0;
    return length;
  };
  for (;;) {
    const token = block[from++] ?? 0;
    const literals = lengthOf(token >> 4);
    from += literals;
    at += literals;
    if (from >= block.length) return { ...(lastMatchAt !== undefined && { lastMatchAt }), literals };
    from += 2;
    lastMatchAt = at;
    at += lengthOf(token & 15) + 4;
  }
}
