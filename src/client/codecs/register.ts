import { CompressionCodecs, CompressionTypes, KafkaJSNonRetriableError } from 'kafkajs';
import { compressFrame, decompressFrame } from './lz4-frame';
import { compressStream, decompressStream } from './snappy-stream';
import { NO_ZSTD, zstd } from './zstd';

/** As kafkajs calls it. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(data: Buffer): Promise<Buffer>;
}

/**
 * Teaches kafkajs, for the whole process, what it has no codec for. Without, a consumer dies of the first batch that
 * somebody else compressed so.
 */
export function registerCodecs(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => codec(compressStream, decompressStream);
  CompressionCodecs[CompressionTypes.LZ4] = () => codec(compressFrame, decompressFrame);
  CompressionCodecs[CompressionTypes.ZSTD] = () => {
    // Not to be tried again: the batch stays as it is.
    if (zstd === undefined) throw new KafkaJSNonRetriableError(`the batch is compressed with ${NO_ZSTD}`);
    return codec(zstd.compress, zstd.decompress);
  };
}

type Transform = (data: Buffer) => Buffer | Promise<Buffer>;

const codec = (compress: Transform, decompress: Transform): Codec => ({
  compress: async ({ buffer }) => compress(buffer),
  decompress: async (data) => decompress(data),
});
