import { setTimeout as delay } from 'node:timers/promises';
import { committed, type Group } from './group';
import type { Handled } from './handled';

const POLL_MS = 300;

/** Continuously checks that a group has not committed beyond an unhandled record. */
export class CommitWatch {
  /** Number of violations, counted by partition. */
  tooHigh = 0;
  private isStopping = false;
  private readonly work: Promise<void>;

  constructor(
    private readonly group: Group,
    private readonly handled: Handled,
  ) {
    this.work = this.watch();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.work;
  }

  private async watch(): Promise<void> {
    while (!this.isStopping) {
      // Committed offsets are read first, because the set of handled records only grows.
      const positions = await committed(this.group).catch(() => undefined);
      this.handled.read();
      for (const [partition, offset] of positions ?? [])
        if (offset > this.handled.lowestUnhandled(partition)) this.tooHigh += 1;
      await delay(POLL_MS);
    }
  }
}
