/** kafkajs's decoder of record batches, which it does not export. */
declare module 'kafkajs/src/protocol/decoder' {
  export interface Decoder {
    readonly buffer: Buffer;
  }

  declare const KafkajsDecoder: new (bytes: Buffer) => Decoder;
  export default KafkajsDecoder;
}

declare module 'kafkajs/src/protocol/recordBatch/v0/decoder' {
  import type { KafkaMessage } from 'kafkajs';
  import type { Decoder } from 'kafkajs/src/protocol/decoder';

  export type DecodedRecord = KafkaMessage & {
    /** True for a record of a control batch, which marks the end of a transaction. */
    isControlRecord: boolean;
    readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
  };

  export interface DecodedBatch {
    readonly firstOffset: string;
    readonly lastOffsetDelta: number;
    readonly partitionLeaderEpoch: number;
    readonly records: readonly DecodedRecord[];
  }

  /** Decompresses with the registered codecs. */
  export default function decode(decoder: Decoder): Promise<DecodedBatch>;
}
