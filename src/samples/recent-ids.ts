/** Far beyond what is handled again after a crash or a change of the group. */
const KEPT = 100_000;

/** Ids of what this process has done already; the oldest are forgotten. */
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
