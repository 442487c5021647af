import type { ClusterBroker } from '../../protocol/describe-cluster';
import { describeProducers, type PartitionProducer } from '../../protocol/describe-producers';
import { describeTransactions, type DescribedTransaction } from '../../protocol/describe-transactions';
import { listTransactions } from '../../protocol/list-transactions';
import type { TopicMetadata } from '../../protocol/metadata';
import type { Inquiry } from './inquiry';
import type { LogMemory } from './log-memory';
import { ledBy, logKey, type LogOffsets } from './read-logs';

/** Kafka's internal topic. The leader of each partition coordinates the transactional ids that are mapped to it. */
const TRANSACTION_STATE = '__transaction_state';

/** A transaction that ends between two requests briefly appears to have no coordinator. */
const ENDING_MS = 10_000;

/** The open transaction that limits the last stable offset of a partition. */
export interface OpenTransaction {
  readonly producerId: bigint;
  /** Undefined if no coordinator reports the transaction. */
  readonly transactionalId: string | undefined;
  /**
   * `open`: the transaction's coordinator will end it after its timeout. `hanging`: no coordinator knows the
   * transaction, and only a command can end it. `unknown`: not all coordinators answered.
   */
  readonly state: 'open' | 'hanging' | 'unknown';
  /**
   * Age since the start that the coordinator reports; otherwise since the last record of the transaction or since it
   * was first seen.
   */
  readonly ageMs: number;
}

interface OpenProps {
  readonly brokers: readonly ClusterBroker[];
  /** All topics, including Kafka's internal ones. */
  readonly topics: readonly TopicMetadata[];
  readonly logs: ReadonlyMap<string, LogOffsets>;
  readonly memory: LogMemory;
}

/**
 * Finds the oldest open transaction of each partition whose last stable offset is lower than its high watermark, by
 * {@link logKey}.
 */
export async function readOpenTransactions(
  props: OpenProps,
  inquiry: Inquiry,
): Promise<ReadonlyMap<string, OpenTransaction>> {
  const { brokers, memory } = props;
  const held = await oldestProducers(props, inquiry);
  const ids = [...new Set([...held.values()].map(({ producerId }) => producerId))];
  const known = ids.length === 0 ? NOTHING_ASKED : await coordinated(brokers, ids, inquiry);
  const isComplete = known.isComplete && allCoordinate(props);
  const now = Date.now();
  const since = new Map<string, number>();
  const open = [...held].map(([key, producer]) => {
    const name = `${key} ${producer.producerId} ${producer.transactionStart}`;
    since.set(name, memory.since(name, now));
    const transaction = known.transactions.find((one) => one.producerId === producer.producerId && holds(one, key));
    return [key, opened(producer, { transaction, isComplete, now, metAt: since.get(name) ?? now })] as const;
  });
  memory.keepOpen(since);
  return new Map(open);
}

interface Coordinated {
  readonly transactions: readonly DescribedTransaction[];
  /** Whether every queried broker returned a complete answer. */
  readonly isComplete: boolean;
}

const NOTHING_ASKED: Coordinated = { transactions: [], isComplete: true };

async function oldestProducers({ brokers, topics, logs }: OpenProps, inquiry: Inquiry) {
  const held = topics.map((topic) => ({
    ...topic,
    partitions: topic.partitions.filter(({ partition }) => {
      const log = logs.get(logKey(topic.name, partition));
      return log !== undefined && log.lastStable < log.highWatermark;
    }),
  }));
  const told = await Promise.all(
    brokers.map(async (broker) => {
      const led = ledBy(broker, held);
      return led.length === 0 ? [] : inquiry.askEach(broker, describeProducers(led));
    }),
  );
  return new Map(
    told.flat().flatMap(({ topic, partition, producers }) => {
      const [oldest] = producers
        .filter(({ transactionStart }) => transactionStart >= 0n)
        .sort((a, b) => (a.transactionStart < b.transactionStart ? -1 : 1));
      return oldest === undefined ? [] : [[logKey(topic, partition), oldest] as const];
    }),
  );
}

async function coordinated(
  brokers: readonly ClusterBroker[],
  producerIds: readonly bigint[],
  inquiry: Inquiry,
): Promise<Coordinated> {
  const told = await Promise.all(
    brokers.map(async (broker): Promise<Coordinated> => {
      const listed = await inquiry.ask(broker, listTransactions(producerIds));
      if (listed === undefined) return { transactions: [], isComplete: false };
      if (listed.length === 0) return NOTHING_ASKED;
      const names = listed.map(({ transactionalId }) => transactionalId);
      const transactions = await inquiry.askEach(broker, describeTransactions(names));
      return { transactions, isComplete: transactions.length === listed.length };
    }),
  );
  return {
    transactions: told.flatMap(({ transactions }) => transactions),
    isComplete: told.every(({ isComplete }) => isComplete),
  };
}

/** Whether the coordinators of all transactional ids could be queried. */
function allCoordinate({ brokers, topics }: OpenProps): boolean {
  const serving = new Set(brokers.map(({ id }) => id));
  const own = topics.find(({ name }) => name === TRANSACTION_STATE)?.partitions ?? [];
  return own.every(({ leaderId }) => serving.has(leaderId));
}

const holds = ({ partitions }: DescribedTransaction, key: string): boolean =>
  [...partitions].some(([topic, own]) => own.some((partition) => logKey(topic, partition) === key));

interface KnownOfIt {
  readonly transaction: DescribedTransaction | undefined;
  readonly isComplete: boolean;
  readonly now: number;
  /** Time when this exporter first saw the transaction. */
  readonly metAt: number;
}

function opened(
  { producerId, lastTimestamp }: PartitionProducer,
  { transaction, isComplete, now, metAt }: KnownOfIt,
): OpenTransaction {
  if (transaction !== undefined && transaction.startTime >= 0) {
    const { transactionalId, startTime } = transaction;
    return { producerId, transactionalId, state: 'open', ageMs: Math.max(0, now - startTime) };
  }
  // The timestamp comes from the producer's clock, which may be wrong. The transaction is at least as old as the time
  // since it was first seen.
  const ageMs = now - (lastTimestamp > 0 ? Math.min(lastTimestamp, metAt) : metAt);
  const state = isComplete && ageMs >= ENDING_MS ? 'hanging' : 'unknown';
  return { producerId, transactionalId: undefined, state, ageMs };
}
