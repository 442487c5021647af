import { Counter, Histogram, Registry } from 'prom-client';
import type { Delivery } from '../producer/delivery';
import type { TransactionOutcome } from '../transactions/transaction-outcome';
import { GroupMeter, type DeadLettersOf } from './group-meter';
import { GroupSeries } from './group-series';
import { SECONDS } from './seconds';

/** Prometheus metrics of all clients of a process. Create one instance for the process; it has its own registry. */
export class ClientMetrics {
  /** The registry, for additional metrics of the process. */
  readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly groups = new GroupSeries(this.registry);
  private readonly meters = new Map<string, GroupMeter>();
  private readonly producedTotal = new Counter({
    name: 'app_kafka_produced_total',
    help: 'Records sent, by what became of them.',
    labelNames: ['topic', 'outcome'],
    registers: this.registers,
  });
  private readonly produceDuration = new Histogram({
    name: 'app_kafka_produce_duration_seconds',
    help: 'From the call of send to its outcome, waiting for room included.',
    labelNames: ['topic'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly transactionsTotal = new Counter({
    name: 'app_kafka_transactions_total',
    help: 'Transactions, by what became of them.',
    labelNames: ['outcome'],
    registers: this.registers,
  });
  private readonly transactionDuration = new Histogram({
    name: 'app_kafka_transaction_duration_seconds',
    help: 'From the begin of a transaction to its outcome.',
    buckets: SECONDS,
    registers: this.registers,
  });

  /** Content type of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All current metrics in the text format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /**
   * The metrics of a group's consumers.
   * @param deadLettersOf topic and group that dead letter records are counted for. @default this group, and the topic
   * that it reads
   */
  group(groupId: string, deadLettersOf?: DeadLettersOf): GroupMeter {
    let meter = this.meters.get(groupId);
    if (meter === undefined) this.meters.set(groupId, (meter = new GroupMeter(groupId, this.groups, deadLettersOf)));
    return meter;
  }

  produced(topic: string, outcome: Delivery['outcome'], seconds: number): void {
    this.producedTotal.inc({ topic, outcome });
    this.produceDuration.observe({ topic }, seconds);
  }

  /** @param records records of the transaction that are not retried */
  transaction(
    outcome: TransactionOutcome['outcome'],
    seconds: number,
    records: readonly { readonly topic: string }[],
  ): void {
    this.transactionsTotal.inc({ outcome });
    this.transactionDuration.observe(seconds);
    for (const { topic } of records) this.producedTotal.inc({ topic, outcome: OF_ITS_RECORDS[outcome] });
  }
}

const OF_ITS_RECORDS = { committed: 'delivered', aborted: 'failed', unknown: 'unknown' } as const satisfies Record<
  TransactionOutcome['outcome'],
  Delivery['outcome']
>;
