import type { EventOf } from '../clients';

type Count = EventOf<'page-view-counts'>;

/** The number of views of each path within one partition of page views. */
export class PageViewCounts {
  private readonly counts = new Map<string, Count>();

  /** Restores a count that was written before. */
  set(count: Count): void {
    this.counts.set(count.path, count);
  }

  /** @returns the new counts of the viewed paths */
  add(views: readonly EventOf<'page-views'>[]): readonly Count[] {
    const paths = new Set<string>();
    for (const { path, viewedAt } of views) {
      const { views: before, lastViewedAt } = this.counts.get(path) ?? { views: 0, lastViewedAt: 0 };
      this.counts.set(path, { path, views: before + 1, lastViewedAt: Math.max(lastViewedAt, viewedAt) });
      paths.add(path);
    }
    return [...paths].flatMap((path) => this.counts.get(path) ?? []);
  }
}
