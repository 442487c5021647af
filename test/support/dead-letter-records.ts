import type { KafkaConnection } from '../../src/protocol/connection';
import { alreadyEncoded } from '../../src/client/encoded';
import { EventProducer } from '../../src/client/producer/event-producer';
import { failureHeaders } from '../../src/client/retry/failure-headers';
import type { DeclaredChain as Chain } from '../../src/platform/declared-chain';

interface Writing {
  readonly connection: KafkaConnection;
  readonly chain: Chain;
  readonly partition: number;
  /** Values of the records, which are also the messages of their errors. */
  readonly values: readonly string[];
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** Headers of each record before it failed. */
export const OWN_HEADERS = { 'event-type': Buffer.from('OrderCreated'), tag: [Buffer.from('a'), Buffer.from('b')] };

/** Writes dead letter records in the form of the group's consumer, for records at the offsets from 1000. */
export async function writeDeadLetters({ connection, chain, partition, values, timestamp }: Writing): Promise<void> {
  const producer = new EventProducer({ connection });
  const deliveries = values.map((text, index) => {
    const [key, value] = [Buffer.from(`key-${text}`), alreadyEncoded(Buffer.from(text))];
    const record = { topic: chain.topic, partition, offset: BigInt(1_000 + index), key, value, timestamp };
    const headers = failureHeaders(
      { ...record, headers: OWN_HEADERS },
      { group: chain.group, error: new TypeError(`cannot read ${text}`), attempts: 3 },
    );
    return producer.send(chain.deadLetterTopic, { key, value, partition, timestamp, headers });
  });
  const failed = (await Promise.all(deliveries)).filter(({ outcome }) => outcome !== 'delivered');
  await producer.close(5_000);
  if (failed.length > 0) throw new Error(`${failed.length} dead letters were not delivered`);
}
