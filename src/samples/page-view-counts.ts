import type { EventOf } from '../schemas/events';

type Count = EventOf<'page-view-counts'>;

/** How often each path was looked at, as far as one partition of the page views tells. */
export class PageViewCounts {
  private readonly counts = new Map<string, Count>();

  /** Goes on from a count that was written before. */
  set(count: Count): void {
    this.counts.set(count.path, count);
  }

  /** @returns the new count of each path that was looked at */
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
