/** Much more than the number of records that are handled again after a crash or a rebalance. */
const KEPT = 100_000;

/** Ids that this process has already handled; the oldest are forgotten. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly kept = KEPT) {}

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    this.ids.add(id);
    if (this.ids.size <= this.kept) return;
    const [oldest] = this.ids;
    if (oldest !== undefined) this.ids.delete(oldest);
  }
}
