import type { DecodedRecord } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import { patch } from './patch-kafkajs';
import { abortedRecords } from '../log/aborted-records';

/** A partition of a fetch response, as decoded by kafkajs. */
interface FetchedPartition {
  /** Aborted transactions that occur in the messages; offsets and ids are texts. */
  abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[];
  readonly messages: readonly DecodedRecord[];
}

interface FetchAnswer {
  readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[];
}

/** The used part of kafkajs's private broker class. */
interface Broker {
  fetch: (this: Broker, request: unknown) => Promise<FetchAnswer>;
}

/**
 * Hides records of aborted transactions that kafkajs 2.2.4 passes to `read_committed` consumers. kafkajs considers one
 * more aborted transaction with each record, in the order in which the transactions ended. It also takes every key of
 * four zero bytes for an abort marker.
 */
export const hideAborted = patch('Broker', (broker: Broker) => {
  const { fetch } = broker;
  broker.fetch = async function (request) {
    const answer = await fetch.call(this, request);
    for (const { partitions } of answer.responses) for (const partition of partitions) hideIn(partition);
    return answer;
  };
});

/** Records are turned into control records, so that they are skipped while their offsets still count. */
function hideIn(partition: FetchedPartition): void {
  const { abortedTransactions = [], messages } = partition;
  if (abortedTransactions.length === 0) return;
  const isAborted = abortedRecords(
    abortedTransactions.map(({ producerId, firstOffset }) => ({
      producerId: BigInt(producerId),
      firstOffset: BigInt(firstOffset),
    })),
  );
  for (const message of messages) if (isAborted(message)) message.isControlRecord = true;
  partition.abortedTransactions = [];
}
