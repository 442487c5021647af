import { newPageView } from '../../src/new-page-view';
import { PageViewCounts } from '../../src/page-view-counts';

const view = (path: string, viewedAt: number) => ({ sessionId: 's', customerId: null, referrer: null, path, viewedAt });

describe('counts of page views', () => {
  it('continue from previous counts, and include only viewed paths', () => {
    const counts = new PageViewCounts();
    counts.set({ path: '/', views: 40, lastViewedAt: 9 });
    counts.set({ path: '/pens', views: 7, lastViewedAt: 1 });
    expect(counts.add([view('/', 5), view('/books', 3), view('/', 4)])).toEqual([
      { path: '/', views: 42, lastViewedAt: 9 },
      { path: '/books', views: 1, lastViewedAt: 3 },
    ]);
    expect(counts.add([view('/books', 2)])).toEqual([{ path: '/books', views: 2, lastViewedAt: 3 }]);
  });

  it('of generated views add up to their number', () => {
    const views = Array.from({ length: 1_000 }, (_, number) =>
      newPageView({ number, prefix: 'web', viewedAt: number }),
    );
    const counted = new PageViewCounts().add(views);
    expect(counted.reduce((sum, { views: each }) => sum + each, 0)).toBe(1_000);
    expect(counted.length).toBeGreaterThan(5);
  });
});

describe('a generated page view', () => {
  it('begins a session at the front page, and continues from the previous page', () => {
    const session = Array.from({ length: 8 }, (_, step) =>
      newPageView({ number: 24 + step, prefix: 'web', viewedAt: 1 }),
    );
    expect(session[0]).toMatchObject({ path: '/', referrer: null });
    for (const [index, { sessionId, referrer }] of session.entries()) {
      expect(sessionId).toBe('web-3');
      expect(referrer).toBe(index === 0 ? null : session[index - 1]?.path);
    }
  });
});
