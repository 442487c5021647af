import { CompressionCodecs, CompressionTypes, KafkaJSNonRetriableError } from 'kafkajs';
import { compressFrame, decompressFrame } from './lz4-frame';
import { compressStream, decompressStream } from './snappy-stream';
import { NO_ZSTD, zstd } from './zstd';

/** A codec in the form that kafkajs expects. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(data: Buffer): Promise<Buffer>;
}

/**
 * Registers codecs that kafkajs lacks, for the whole process. Without them, a consumer fails at the first batch that
 * another client compressed with such a codec.
 */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => codec(compressStream, decompressStream);
  CompressionCodecs[CompressionTypes.LZ4] = () => codec(compressFrame, decompressFrame);
  CompressionCodecs[CompressionTypes.ZSTD] = () => {
    // Retrying is pointless, because the batch does not change.
    if (zstd === undefined) throw new KafkaJSNonRetriableError(`the batch is compressed with ${NO_ZSTD}`);
    return codec(zstd.compress, zstd.decompress);
  };
}

type Transform = (data: Buffer) => Buffer | Promise<Buffer>;

const codec = (compress: Transform, decompress: Transform): Codec => ({
  compress: async ({ buffer }) => compress(buffer),
  decompress: async (data) => decompress(data),
});
