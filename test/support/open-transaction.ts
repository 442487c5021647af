import type { KafkaConnection } from '../../src/protocol/connection';
import { connectKafka } from '../../src/client/kafka-client';

interface OpenTransaction {
  readonly connection: KafkaConnection;
  readonly transactionalId: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** The longest time that brokers allow, so that nothing ends the transaction before the test does. */
const TIMEOUT_MS = 15 * 60_000;

/** Writes records in a transaction that stays open. @returns a function that aborts it */
export async function leaveOpen(open: OpenTransaction): Promise<() => Promise<void>> {
  const { producer, transaction } = await begun(open);
  return async () => {
    await transaction.abort();
    await producer.disconnect();
  };
}

/**
 * Like {@link leaveOpen}, but unknown to the coordinator of its id, which will never end it. Brokers must not verify
 * transactions.
 */
export async function leaveHanging(open: OpenTransaction): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- kafkajs does not export it
  const { prototype } = require('kafkajs/src/broker') as {
    readonly prototype: { addPartitionsToTxn(): Promise<void> };
  };
  const unregistered = jest.spyOn(prototype, 'addPartitionsToTxn').mockResolvedValue();
  try {
    const { producer } = await begun(open);
    await producer.disconnect();
  } finally {
    unregistered.mockRestore();
  }
}

async function begun({ connection, transactionalId, topic, partition, records }: OpenTransaction) {
  const settings = { transactionalId, idempotent: true, maxInFlightRequests: 1, transactionTimeout: TIMEOUT_MS };
  const producer = connectKafka(connection).producer(settings);
  await producer.connect();
  const transaction = await producer.transaction();
  const messages = Array.from({ length: records }, () => ({ partition, value: 'of an open transaction' }));
  await transaction.send({ topic, messages });
  return { producer, transaction };
}
