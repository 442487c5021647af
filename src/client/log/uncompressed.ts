import { CompressionCodecs, type CompressionTypes } from 'kafkajs';
import type { RecordBatch } from '../../wire/record-batch';
import { registerCodecs, type Codec } from '../codecs/register';

/** The records of a batch without its compression, whichever of Kafka's it has. @throws when this Node lacks it */
export async function uncompressed({ compression, records }: RecordBatch): Promise<Buffer> {
  if (compression === 0) return records;
  registerCodecs();
  const codecs: Readonly<Record<number, (() => Codec) | undefined>> = CompressionCodecs;
  const codec = codecs[compression as CompressionTypes];
  if (codec === undefined) throw new Error(`a record batch has compression ${compression}, which Kafka does not know`);
  return codec().decompress(records);
}
