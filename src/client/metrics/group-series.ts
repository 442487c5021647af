import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { PartitionProgress } from './partition-progress';
import { SECONDS } from './seconds';

/** Where the partitions of a consumer stand, asked whenever somebody reads the metrics. */
export interface Watched {
  readonly group: string;
  readonly read: () => readonly PartitionProgress[];
}

/** The series of consumers. */
export class GroupSeries {
  /** Consumers that run: what is no longer theirs has no gauge. */
  readonly watched = new Set<Watched>();
  readonly consumed;
  readonly processingDuration;
  readonly retries;
  readonly deadLetters;
  readonly rebalances;

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
      help: 'Failed calls of the handler that are made again.',
      labelNames,
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
    this.watchedGauges(registers);
  }

  private watchedGauges(registers: Registry[]): void {
    const { watched } = this;
    new Gauge({
      name: 'app_kafka_watermark_gap',
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
      help: 'Age of the oldest record that was fetched and is not done; 0 without one.',
      labelNames: ['topic', 'group'],
      registers,
      collect() {
        this.reset();
        for (const { group, topic, age } of oldest(watched)) this.set({ topic, group }, age);
      },
    });
  }
}

/** By topic and group, over their partitions. */
function oldest(watched: Iterable<Watched>): Iterable<{ group: string; topic: string; age: number }> {
  const ages = new Map<string, { group: string; topic: string; age: number }>();
  const now = Date.now();
  for (const { group, read } of watched) {
    for (const { topic, oldestTimestamp } of read()) {
      const age = oldestTimestamp === undefined ? 0 : Math.max(0, now - oldestTimestamp) / 1_000;
      const known = ages.get(`${topic} ${group}`);
      if (known === undefined) ages.set(`${topic} ${group}`, { group, topic, age });
      else known.age = Math.max(known.age, age);
    }
  }
  return ages.values();
}
