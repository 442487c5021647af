import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { BoundedLabel } from './bounded-label';
import type { PartitionProgress } from './partition-progress';
import { SECONDS } from './seconds';

/** Supplies the progress of a consumer's partitions, evaluated at each scrape. */
export interface Watched {
  readonly group: string;
  readonly read: () => readonly PartitionProgress[];
}

/** The metrics of consumers. */
export class GroupSeries {
  /** Running consumers. A gauge includes only partitions that are currently assigned. */
  readonly watched = new Set<Watched>();
  /** Label values of the metric `retries`. */
  readonly causes = new BoundedLabel();
  readonly consumed;
  readonly processingDuration;
  readonly retries;
  readonly deadLetters;
  readonly rebalances;
  readonly logGaps;
  readonly missingRecords;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ['topic', 'group'] as const;
    this.consumed = new Counter({
      name: 'app_kafka_consumed_total',
      help: 'Records handled, by what became of them; an abandoned one is handled again.',
      labelNames: [...labelNames, 'outcome'],
      registers,
    });
    this.processingDuration = new Histogram({
      name: 'app_kafka_processing_duration_seconds',
      help: 'Time of a call of the handler, whether it succeeds or not.',
      labelNames,
      buckets: SECONDS,
      registers,
    });
    this.retries = new Counter({
      name: 'app_kafka_retries_total',
      help: 'What failed and is tried again: calls of handlers and sinks, commits, taking partitions over; by cause.',
      labelNames: [...labelNames, 'cause'],
      registers,
    });
    this.deadLetters = new Counter({
      name: 'app_kafka_dead_letters_total',
      help: 'Records that were given up and are kept elsewhere.',
      labelNames,
      registers,
    });
    this.rebalances = new Counter({
      name: 'app_kafka_rebalances_total',
      help: 'How often a consumer got partitions, its first ones included.',
      labelNames: ['group'],
      registers,
    });
    this.logGaps = new Counter({
      name: 'app_kafka_log_gaps_total',
      help: 'How often a log did not have the position of the group any more: records deleted or lost, or the topic recreated.',
      labelNames: [...labelNames, 'partition', 'reason'],
      registers,
    });
    this.missingRecords = new Counter({
      name: 'app_kafka_missing_records_total',
      help: 'Offsets that were deleted before the group read them, or lost after it; unknown, and 0, for a recreated topic.',
      labelNames: [...labelNames, 'partition', 'reason'],
      registers,
    });
    this.watchedGauges(registers);
  }

  private watchedGauges(registers: Registry[]): void {
    const { watched } = this;
    new Gauge({
      name: 'app_kafka_uncommitted_offsets',
      help: 'Offsets from the committed position to the highest record begun.',
      labelNames: ['topic', 'group', 'partition'],
      registers,
      collect() {
        this.reset();
        for (const { group, read } of watched)
          for (const { topic, partition, gap } of read()) this.set({ topic, group, partition }, gap);
      },
    });
    new Gauge({
      name: 'app_kafka_oldest_unprocessed_age_seconds',
      help: 'Age of the oldest record that was fetched and is not committed; 0 without one.',
      labelNames: ['topic', 'group'],
      registers,
      collect() {
        this.reset();
        for (const { group, topic, age } of oldest(watched)) this.set({ topic, group }, age);
      },
    });
  }
}

/** The oldest uncommitted record of each topic and group, over all partitions. */
function oldest(watched: Iterable<Watched>): Iterable<{ group: string; topic: string; age: number }> {
  const ages = new Map<string, { group: string; topic: string; age: number }>();
  const now = Date.now();
  for (const { group, read } of watched) {
    for (const { topic, oldest: first } of read()) {
      const age = first === undefined ? 0 : Math.max(0, now - first.timestamp) / 1_000;
      const known = ages.get(`${topic} ${group}`);
      if (known === undefined) ages.set(`${topic} ${group}`, { group, topic, age });
      else known.age = Math.max(known.age, age);
    }
  }
  return ages.values();
}
