import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import { kafkaErrorType } from '../client/quiet-kafka';
import { encodeRecord, type LedgerEntry, type RunId } from './ledger';

/** Errors with which a broker says that it has not appended the records. */
const REFUSALS = new Set([
  'NOT_ENOUGH_REPLICAS',
  'MESSAGE_TOO_LARGE',
  'INVALID_REQUIRED_ACKS',
  'TOPIC_AUTHORIZATION_FAILED',
]);

/** What a producer asks of the brokers; `none` breaks every promise, and is there to prove that the oracle sees it. */
export type Acks = 'all' | 'none';

/** Outlasts a broker's session and the election after it; short steps, so that a stall is the brokers' and not ours. */
const RETRY = { initialRetryTime: 50, maxRetryTime: 500, retries: 120 };

interface WriterProps {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: RunId;
  /** @default all */
  readonly acks?: Acks;
}

/**
 * Writes records to one partition and keeps account. kafkajs loses records when sends to a partition overlap
 * or a producer goes on after an error: one send at a time, and a new producer after each error.
 */
export class PartitionWriter {
  readonly ledger: LedgerEntry[] = [];
  /** Records acknowledged by now. */
  acked = 0;
  private sequence = 0;
  private producer: Producer | undefined;

  constructor(
    private readonly props: WriterProps,
    readonly partition: number,
  ) {}

  /** @returns Kafka's name of the error when the send was not acknowledged */
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

  async close(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    // A producer that failed may fail at this too; what it wrote is settled.
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

/** A refusal after retries says nothing of the attempts before it: one of them may have been appended. */
function isRefusal(error: unknown): boolean {
  const { retryCount } = error as { retryCount?: number };
  return (retryCount ?? 0) === 0 && REFUSALS.has(kafkaErrorType(error) ?? '');
}
