import { TEXTS, type RoleTexts } from './role-texts';
import type { SyncLatch } from './sync-latch';

/** Looks in a row at which a broker may fail to answer: a single one may have met a long garbage collection. */
const UNANSWERED = 2;

interface OwnNode {
  /** Whether its port is open. */
  isOwnUp(): Promise<boolean>;
  /** Whether it answers and does its part. */
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
    private readonly node: OwnNode,
    private readonly texts: Pick<RoleTexts, 'lost' | 'back'> = TEXTS.broker,
  ) {}

  /**
   * What the kubelet is told. The port is looked at anew each time: of a broker that was started again within its pod,
   * nothing that was found before holds.
   */
  async isReady(): Promise<boolean> {
    if (!this.latch.isClosed) return false;
    if (await this.node.isOwnUp()) return this.unanswered < UNANSWERED;
    this.latch.reopen();
    return false;
  }

  /** Looks at a broker that was found in its place. @returns what has changed; nothing while it is as it was */
  async look(): Promise<string | undefined> {
    const before = this.unanswered;
    this.unanswered = (await this.node.isOwnServing()) ? 0 : before + 1;
    if (this.unanswered === UNANSWERED) return this.texts.lost;
    if (this.unanswered === 0 && before >= UNANSWERED) return this.texts.back;
    return undefined;
  }

  /** The broker has taken its place. */
  inPlace(): void {
    this.unanswered = 0;
  }
}
