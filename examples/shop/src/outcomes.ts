import type { Delivery, EventProducer } from 'kafka-platform/client';
import type { Tally } from './tally';

/** Records usually take milliseconds; during a rolling restart of brokers they may take seconds. */
const STALLED_MS = 10_000;

interface OutcomesProps {
  readonly producer: Pick<EventProducer, 'buffered'>;
  readonly tally: Tally<Delivery['outcome']>;
  /** Current time in milliseconds by a monotonic clock. @default the process's clock */
  readonly now?: () => number;
}

/** Tracks the outcomes of a producer's records. */
export class Outcomes {
  private newest: Delivery['outcome'] | undefined;
  private newestAt = 0;
  private readonly now: () => number;

  constructor(private readonly props: OutcomesProps) {
    this.now = props.now ?? (() => performance.now());
  }

  /** Whether the last record with an outcome was delivered, and no record has been waiting for long. */
  get areWell(): boolean {
    const isStalled = this.props.producer.buffered.records > 0 && this.now() - this.newestAt > STALLED_MS;
    return this.newest === 'delivered' && !isStalled;
  }

  add({ outcome }: Delivery): void {
    this.props.tally.count(outcome);
    this.newest = outcome;
    this.newestAt = this.now();
  }
}
