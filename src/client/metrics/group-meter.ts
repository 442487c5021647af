import type { TopicName } from '../../topics/catalogue';
import type { KeptAs } from '../consumer/handlers';
import type { GroupSeries, Watched } from './group-series';

/** What became of a record. `abandoned`: it is handled again, by whoever has its partition. */
export type ConsumedOutcome = 'done' | KeptAs | 'abandoned';

/** A record that waited in a retry topic is a dead letter of the topic and the group that it came from. */
export interface LettersOf {
  readonly topic: TopicName;
  readonly group: string;
}

/** What the consumers of one group tell. */
export class GroupMeter {
  constructor(
    private readonly group: string,
    private readonly series: GroupSeries,
    private readonly lettersOf?: LettersOf,
  ) {}

  /** Counts what was given up among the dead letters too. */
  consumed(topic: TopicName, outcome: ConsumedOutcome, records = 1): void {
    const { group } = this;
    this.series.consumed.inc({ topic, group, outcome }, records);
    if (outcome === 'dead_lettered') this.series.deadLetters.inc({ ...(this.lettersOf ?? { topic, group }) }, records);
  }

  /** One call of a handler is over. */
  processed(topic: TopicName, seconds: number): void {
    this.series.processingDuration.observe({ topic, group: this.group }, seconds);
  }

  /** A failed call will be made again here. */
  triesAgain(topic: TopicName): void {
    this.series.retries.inc({ topic, group: this.group });
  }

  rebalanced(): void {
    this.series.rebalances.inc({ group: this.group });
  }

  /** @returns ends it */
  watch(read: Watched['read']): () => void {
    const watched = { group: this.group, read };
    this.series.watched.add(watched);
    return () => void this.series.watched.delete(watched);
  }
}
