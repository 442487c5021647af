import { setTimeout as delay } from 'node:timers/promises';

/** No more records a second than allowed; what was not used in a stall is not made up for. */
export class Pace {
  private next = 0;

  /** @param rate records a second */
  constructor(private readonly rate: number) {}

  /** Waits until so many records may be written. */
  async room(records: number): Promise<void> {
    const now = performance.now();
    const begin = Math.max(now, this.next);
    this.next = begin + (records / this.rate) * 1_000;
    if (begin > now) await delay(begin - now);
  }
}
