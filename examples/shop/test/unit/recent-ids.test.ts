import { RecentIds } from '../../src/recent-ids';

describe('recent ids', () => {
  it('forget the oldest', () => {
    const ids = new RecentIds(2);
    for (const id of ['a', 'b', 'b', 'c']) ids.add(id);
    expect(['a', 'b', 'c'].map((id) => ids.has(id))).toEqual([false, true, true]);
  });
});
