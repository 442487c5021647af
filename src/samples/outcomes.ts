import type { Delivery } from '../client/producer/delivery';
import type { EventProducer } from '../client/producer/event-producer';
import type { Tally } from './tally';

/** Records are under way for some milliseconds; brokers that roll hold them up for seconds. */
const STALLED_MS = 10_000;

interface OutcomesProps {
  readonly producer: Pick<EventProducer, 'buffered'>;
  readonly tally: Tally<Delivery['outcome']>;
  /** Milliseconds, from any beginning. @default the process's clock */
  readonly now?: () => number;
}

/** What becomes of the records of a producer, and whether that is well. */
export class Outcomes {
  private newest: Delivery['outcome'] | undefined;
  private newestAt = 0;
  private readonly now: () => number;

  constructor(private readonly props: OutcomesProps) {
    this.now = props.now ?? (() => performance.now());
  }

  /** The newest record with an outcome was delivered, and none waits for long. */
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
