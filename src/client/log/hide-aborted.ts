import type { DecodedRecord } from 'kafkajs/src/protocol/recordBatch/v0/decoder';
import { mend } from '../mend-kafkajs';
import { abortedRecords } from './aborted-records';

/** What a broker says of a partition, as kafkajs decodes it. */
interface FetchedPartition {
  /** Offsets and ids as texts; the transactions that stand in the messages. */
  abortedTransactions?: readonly { readonly producerId: string; readonly firstOffset: string }[];
  readonly messages: readonly DecodedRecord[];
}

interface FetchAnswer {
  readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[];
}

/** What is used of kafkajs's private connection to a broker. */
interface Broker {
  fetch: (this: Broker, request: unknown) => Promise<FetchAnswer>;
}

interface BrokerClass {
  readonly prototype: Broker;
}

/**
 * Hides from readers of committed records what kafkajs 2.2.4 lets through of aborted transactions: it knows one more of
 * them with each record only, in the order in which they ended, and takes any key of four zero bytes for the end of one.
 */
export const hideAborted = mend(
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is private may be gone; an import would throw
  () => (require('kafkajs/src/broker') as BrokerClass).prototype,
  (broker) => {
    const { fetch } = broker;
    broker.fetch = async function (request) {
      const answer = await fetch.call(this, request);
      for (const { partitions } of answer.responses) for (const partition of partitions) hideIn(partition);
      return answer;
    };
  },
);

/** As control records they are passed over, and their offsets still count. */
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
