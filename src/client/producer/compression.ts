import { WrongOption } from '../errors';
import { CompressionTypes } from 'kafkajs';
import { NO_ZSTD, zstd } from '../codecs/zstd';

const TYPES = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
} as const;

/** Codecs that need no native build: all of Kafka's; zstd requires Node.js 22.15 or newer. */
export type Compression = keyof typeof TYPES;

export const compressionType = (compression: Compression): CompressionTypes => TYPES[compression];

/** @throws if this Node.js does not support the codec */
export function assertAvailable(compression: Compression): void {
  if (compression === 'zstd' && zstd === undefined)
    throw new WrongOption(`compression is ${NO_ZSTD}: use gzip, lz4 or snappy`);
}
