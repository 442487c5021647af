import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import { kafkaErrorType } from '../client/kafka-client';
import { encodeRecord, type LedgerEntry, type RunId } from './ledger';

/** Errors with which a broker confirms that it has not appended the records. */
const REFUSALS = new Set([
  'NOT_ENOUGH_REPLICAS',
  'MESSAGE_TOO_LARGE',
  'INVALID_REQUIRED_ACKS',
  'TOPIC_AUTHORIZATION_FAILED',
]);

/**
 * Acknowledgements that a producer requests. `none` can lose records and serves to prove that the checker detects it.
 */
export type Acks = 'all' | 'none';

/**
 * Longer than a broker's session timeout and the following election. Short pauses, so that retries themselves cause no
 * stall.
 */
const RETRY = { initialRetryTime: 50, maxRetryTime: 500, retries: 120 };

interface WriterProps {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: RunId;
  /** Requested acknowledgements. @default all */
  readonly acks?: Acks;
}

/**
 * Writes records to one partition and records the outcomes. kafkajs loses records if sends to a partition overlap or a
 * producer is used after an error. Therefore one send runs at a time, and each error is followed by a new producer.
 */
export class PartitionWriter {
  readonly ledger: LedgerEntry[] = [];
  /** Number of acknowledged records. */
  acked = 0;
  private sequence = 0;
  private producer: Producer | undefined;

  constructor(
    private readonly props: WriterProps,
    readonly partition: number,
  ) {}

  /** @returns Kafka's name of the error if the send was not acknowledged */
  async write(count: number): Promise<string | undefined> {
    const { topic, run } = this.props;
    const first = this.sequence;
    this.sequence += count;
    const sequences = Array.from({ length: count }, (_, index) => first + index);
    try {
      this.producer ??= await this.connect();
      const [result] = await this.producer.send({
        topic,
        acks: this.props.acks === 'none' ? 0 : -1,
        messages: sequences.map((sequence) => ({
          key: `${run}-${this.partition}`,
          partition: this.partition,
          value: encodeRecord(run, sequence),
        })),
      });
      const base = result?.baseOffset === undefined ? undefined : BigInt(result.baseOffset);
      for (const [index, sequence] of sequences.entries())
        this.record({ sequence, outcome: 'acked', ...(base === undefined ? {} : { offset: base + BigInt(index) }) });
      return undefined;
    } catch (error) {
      const outcome = isRefusal(error) ? 'refused' : 'unknown';
      for (const sequence of sequences) this.record({ sequence, outcome });
      await this.close();
      return kafkaErrorType(error) ?? (error instanceof Error ? error.name : String(error));
    }
  }

  /** Reserves a sequence number that another client writes. */
  reserve(): number {
    const { sequence } = this;
    this.sequence += 1;
    return sequence;
  }

  async close(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    // Disconnecting a failed producer may fail as well; the outcome of its records is already recorded.
    await producer?.disconnect().catch(() => undefined);
  }

  private async connect(): Promise<Producer> {
    const producer = this.props.kafka.producer({
      idempotent: this.props.acks !== 'none',
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: RETRY,
    });
    await producer.connect();
    return producer;
  }

  private record(entry: Omit<LedgerEntry, 'partition'>): void {
    if (entry.outcome === 'acked') this.acked += 1;
    this.ledger.push({ partition: this.partition, ...entry });
  }
}

/** A rejection after retries says nothing about earlier attempts; one of them may have been appended. */
function isRefusal(error: unknown): boolean {
  const { retryCount } = error as { retryCount?: number };
  return (retryCount ?? 0) === 0 && REFUSALS.has(kafkaErrorType(error) ?? '');
}
