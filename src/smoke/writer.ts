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

interface WriterProps {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly run: RunId;
}

/**
 * Writes acks=all records to one partition and keeps account. kafkajs loses records when sends to a partition overlap
 * or a producer goes on after an error: one send at a time, and a new producer after each error.
 */
export class PartitionWriter {
  readonly ledger: LedgerEntry[] = [];
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
        acks: -1,
        messages: sequences.map((sequence) => ({
          key: `${run}-${this.partition}`,
          partition: this.partition,
          value: encodeRecord(run, sequence),
        })),
      });
      const base = BigInt(result?.baseOffset ?? -1);
      for (const [index, sequence] of sequences.entries())
        this.record({ sequence, outcome: 'acked', offset: base + BigInt(index) });
      return undefined;
    } catch (error) {
      const type = kafkaErrorType(error) ?? String(error);
      for (const sequence of sequences) this.record({ sequence, outcome: REFUSALS.has(type) ? 'refused' : 'unknown' });
      await this.close();
      return type;
    }
  }

  async close(): Promise<void> {
    await this.producer?.disconnect();
    this.producer = undefined;
  }

  private async connect(): Promise<Producer> {
    const producer = this.props.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 20 },
    });
    await producer.connect();
    return producer;
  }

  private record(entry: Omit<LedgerEntry, 'partition'>): void {
    this.ledger.push({ partition: this.partition, ...entry });
  }
}
