import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { CompressionCodecs, CompressionTypes } from 'kafkajs';

type Codec = (data: Buffer) => Promise<Buffer>;
type Callback = (error: Error | null, result: Buffer) => void;
type Zlib = (data: Buffer, done: Callback) => void;

const TYPES = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP, zstd: CompressionTypes.ZSTD } as const;

/** What needs no native build: gzip always, zstd from Node 22.15 on. */
export type Compression = keyof typeof TYPES;

export const compressionType = (compression: Compression): CompressionTypes => TYPES[compression];

/** Teaches kafkajs zstd, for reading too. @throws when this Node cannot */
export function assertAvailable(compression: Compression): void {
  if (compression !== 'zstd') return;
  const { zstdCompress, zstdDecompress } = zlib as unknown as { zstdCompress?: Zlib; zstdDecompress?: Zlib };
  if (zstdCompress === undefined || zstdDecompress === undefined)
    throw new Error(`compression is zstd, which Node has from 22.15 on and ${process.version} has not: use gzip`);
  const compress: Codec = promisify(zstdCompress);
  const decompress: Codec = promisify(zstdDecompress);
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: { readonly buffer: Buffer }) => compress(buffer),
    decompress,
  });
}
