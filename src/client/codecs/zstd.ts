import { promisify } from 'node:util';
import zlib from 'node:zlib';

type Transform = (data: Buffer) => Promise<Buffer>;
type Zlib = (data: Buffer, done: (error: Error | null, result: Buffer) => void) => void;

/** Zstandard functions of Node.js; undefined before 22.15. */
export const zstd: { readonly compress: Transform; readonly decompress: Transform } | undefined = (() => {
  const { zstdCompress, zstdDecompress } = zlib as unknown as { zstdCompress?: Zlib; zstdDecompress?: Zlib };
  if (zstdCompress === undefined || zstdDecompress === undefined) return undefined;
  return { compress: promisify(zstdCompress), decompress: promisify(zstdDecompress) };
})();

/** Error message where it is missing. */
export const NO_ZSTD = `zstd, which Node has from 22.15 on and ${process.version} has not`;
