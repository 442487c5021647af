import type { KeptAs } from '../consumer/handlers';
import type { RecordsMissing } from '../notices';
import { missingOffsets } from '../positions/records-missing';
import type { GroupSeries, Watched } from './group-series';

/** The outcome of a record. `abandoned`: another member, or this one, will handle it again. */
export type ConsumedOutcome = 'done' | KeptAs | 'abandoned';

/** The original topic and group of a dead letter record that waited in a retry topic. */
export interface DeadLettersOf {
  readonly topic: string;
  readonly group: string;
}

/** Metrics of the consumers of one group. */
export class GroupMeter {
  constructor(
    private readonly group: string,
    private readonly series: GroupSeries,
    private readonly deadLettersOf?: DeadLettersOf,
  ) {}

  /** Records the outcome of records. Dead letter records are counted in a separate metric, too. */
  consumed(topic: string, outcome: ConsumedOutcome, records = 1): void {
    const { group } = this;
    this.series.consumed.inc({ topic, group, outcome }, records);
    if (outcome === 'dead_lettered')
      this.series.deadLetters.inc({ ...(this.deadLettersOf ?? { topic, group }) }, records);
  }

  /** Records the duration of a handler call. */
  processed(topic: string, seconds: number): void {
    this.series.processingDuration.observe({ topic, group: this.group }, seconds);
  }

  /**
   * Records a failure that will be retried here.
   * @param cause a label of limited variety, as returned by `failureCause`
   */
  triesAgain(topic: string, cause: string, records = 1): void {
    this.series.retries.inc({ topic, group: this.group, cause: this.series.causes.bounded(cause) }, records);
  }

  missing(notice: RecordsMissing): void {
    const { topic, partition, reason } = notice;
    const labels = { topic, group: this.group, partition, reason };
    this.series.logGaps.inc(labels);
    this.series.missingRecords.inc(labels, Number(missingOffsets(notice)));
  }

  rebalanced(): void {
    this.series.rebalances.inc({ group: this.group });
  }

  /** @returns a function that ends the observation */
  watch(read: Watched['read']): () => void {
    const watched = { group: this.group, read };
    this.series.watched.add(watched);
    return () => void this.series.watched.delete(watched);
  }
}
