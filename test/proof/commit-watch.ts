import { setTimeout as delay } from 'node:timers/promises';
import { committed, type Group } from './group';
import type { Handled } from './handled';

const POLL_MS = 300;

/** Looks all the time whether a group has committed above a record that it has not handled. */
export class CommitWatch {
  /** How often it had, partition by partition. */
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
      // First what is committed: what is handled only grows.
      const positions = await committed(this.group).catch(() => undefined);
      this.handled.read();
      for (const [partition, offset] of positions ?? [])
        if (offset > this.handled.lowestUnhandled(partition)) this.tooHigh += 1;
      await delay(POLL_MS);
    }
  }
}
