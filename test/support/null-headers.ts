import type { Message } from 'kafkajs';
import { quietKafka, withProducer } from '../../src/client/quiet-kafka';
import type { TopicName } from '../../src/topics/catalogue';

interface Encoder {
  writeVarIntBytes: (this: Encoder, value: unknown) => Encoder;
}

interface Writing {
  readonly bootstrap: readonly string[];
  readonly topic: TopicName;
  readonly message: Message;
}

/**
 * Writes a record as other clients can: its headers whose value is the empty string have none. Kafkajs fails at a header
 * without a value only where it computes its size, and in a record the length of nothing takes as many bytes as 0.
 */
export async function writeNullHeaders({ bootstrap, topic, message }: Writing): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  const encoder = (require('kafkajs/src/protocol/encoder') as { readonly prototype: Encoder }).prototype;
  const { writeVarIntBytes } = encoder;
  encoder.writeVarIntBytes = function (value) {
    return writeVarIntBytes.call(this, value === '' ? null : value);
  };
  try {
    await withProducer(quietKafka(bootstrap).producer(), (producer) => producer.send({ topic, messages: [message] }));
  } finally {
    encoder.writeVarIntBytes = writeVarIntBytes;
  }
}
