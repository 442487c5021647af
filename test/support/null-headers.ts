import type { KafkaConnection } from '../../src/protocol/connection';
import type { Message } from 'kafkajs';
import { connectKafka } from '../../src/client/kafka-client';
import { writeOnce } from './write-once';

interface Encoder {
  writeVarIntBytes: (this: Encoder, value: unknown) => Encoder;
}

interface Writing {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly message: Message;
}

/**
 * Writes a record with null headers, like other clients: headers with an empty string are written as null. kafkajs
 * fails at a null header only when it computes its size, and in a record a null length takes as many bytes as 0.
 */
export async function writeNullHeaders({ connection, topic, message }: Writing): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  const encoder = (require('kafkajs/src/protocol/encoder') as { readonly prototype: Encoder }).prototype;
  const { writeVarIntBytes } = encoder;
  encoder.writeVarIntBytes = function (value) {
    return writeVarIntBytes.call(this, value === '' ? null : value);
  };
  try {
    await writeOnce(connectKafka(connection), topic, [message]);
  } finally {
    encoder.writeVarIntBytes = writeVarIntBytes;
  }
}
