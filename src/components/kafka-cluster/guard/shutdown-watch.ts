import { majorityOf } from './stop-rule';

/** Longer than an election. */
const HOPELESS_MS = 10_000;

/**
 * Whether the shutdown of a broker can still end on its own. Kafka's controlled shutdown waits for minutes for an answer
 * of the active controller, and with too few voters left there will be none: the last brokers of a cluster that stops
 * would stay until their grace period is over. Nothing is gained by it, as nobody is left to take over what they lead.
 */
export class ShutdownWatch {
  private aloneSince: number | undefined;

  constructor(
    private readonly voters: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param votersUp how many voters answer @returns whether the broker has to be ended */
  observe(votersUp: number): boolean {
    if (votersUp >= majorityOf(this.voters)) {
      this.aloneSince = undefined;
      return false;
    }
    this.aloneSince ??= this.now();
    return this.now() - this.aloneSince >= HOPELESS_MS;
  }
}
