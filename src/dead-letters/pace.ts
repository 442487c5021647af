/** Limits the number of records per second. Unused capacity of a pause is not made up for. */
export class Pace {
  private next = 0;

  /** @param rate records per second */
  constructor(private readonly rate: number) {}

  /** Waits until this number of records may be written. */
  async room(records: number): Promise<void> {
    const now = performance.now();
    const begin = Math.max(now, this.next);
    this.next = begin + (records / this.rate) * 1_000;
    if (begin > now) await new Promise((done) => setTimeout(done, begin - now));
  }
}
