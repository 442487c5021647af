import type { SyncLatch } from './sync-latch';

/** Looks in a row at which a broker may fail to answer: a single one may have met a long garbage collection. */
const UNANSWERED = 2;

interface OwnBroker {
  /** Whether its port is open. */
  isOwnUp(): Promise<boolean>;
  /** Whether it answers and counts itself among the brokers that serve. */
  isOwnServing(): Promise<boolean>;
}

/**
 * Whether a broker is ready: it has taken its place after its start, and it serves. The one answer to the kubelet, which
 * asks the broker itself nothing.
 */
export class Readiness {
  private unanswered = 0;

  constructor(
    private readonly latch: SyncLatch,
    private readonly broker: OwnBroker,
  ) {}

  /**
   * What the kubelet is told. The port is looked at anew each time: of a broker that was started again within its pod,
   * nothing that was found before holds.
   */
  async isReady(): Promise<boolean> {
    if (!this.latch.isClosed) return false;
    if (await this.broker.isOwnUp()) return this.unanswered < UNANSWERED;
    this.latch.reopen();
    return false;
  }

  /** Looks at a broker that was found in its place. @returns what has changed; nothing while it is as it was */
  async look(): Promise<string | undefined> {
    const before = this.unanswered;
    this.unanswered = (await this.broker.isOwnServing()) ? 0 : before + 1;
    if (this.unanswered === UNANSWERED) return 'the broker does not answer, or is fenced: it is not ready';
    if (this.unanswered === 0 && before >= UNANSWERED) return 'the broker serves again';
    return undefined;
  }

  /** The broker has taken its place. */
  inPlace(): void {
    this.unanswered = 0;
  }
}
