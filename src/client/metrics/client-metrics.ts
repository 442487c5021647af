import { Counter, Histogram, Registry } from 'prom-client';
import type { TopicName } from '../../topics/catalogue';
import type { Delivery } from '../producer/delivery';
import type { TransactionOutcome } from '../transactions/transaction-outcome';
import { GroupMeter, type LettersOf } from './group-meter';
import { GroupSeries } from './group-series';
import { SECONDS } from './seconds';

/** What the clients of a process say of themselves, for Prometheus. One for all of them; it has a registry of its own. */
export class ClientMetrics {
  /** For what else the process has to say. */
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

  /** Of `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All series as they are now. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /**
   * What the consumers of the group have to say.
   * @param lettersOf whose dead letters they are that it gives up. @default its own, and of the topic that it reads
   */
  group(groupId: string, lettersOf?: LettersOf): GroupMeter {
    let meter = this.meters.get(groupId);
    if (meter === undefined) this.meters.set(groupId, (meter = new GroupMeter(groupId, this.groups, lettersOf)));
    return meter;
  }

  produced(topic: TopicName, outcome: Delivery['outcome'], seconds: number): void {
    this.producedTotal.inc({ topic, outcome });
    this.produceDuration.observe({ topic }, seconds);
  }

  /** @param records those of it that are not tried again */
  transaction(
    outcome: TransactionOutcome['outcome'],
    seconds: number,
    records: readonly { readonly topic: TopicName }[],
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
