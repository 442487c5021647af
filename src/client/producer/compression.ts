import { CompressionTypes } from 'kafkajs';
import { NO_ZSTD, zstd } from '../codecs/zstd';

const TYPES = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
} as const;

/** What needs no native build: all of Kafka's, zstd from Node 22.15 on. */
export type Compression = keyof typeof TYPES;

export const compressionType = (compression: Compression): CompressionTypes => TYPES[compression];

/** @throws when this Node cannot */
export function assertAvailable(compression: Compression): void {
  if (compression === 'zstd' && zstd === undefined)
    throw new Error(`compression is ${NO_ZSTD}: use gzip, lz4 or snappy`);
}
