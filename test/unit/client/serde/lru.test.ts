import { Lru } from '../../../../src/client/serde/lru';

describe('a bounded cache', () => {
  it('drops the least recently used entry', () => {
    const cache = new Lru<number, string>(2);
    cache.set(1, 'one');
    cache.set(2, 'two');
    expect(cache.get(1)).toBe('one');
    cache.set(3, 'three');
    expect([cache.get(1), cache.get(2), cache.get(3)]).toEqual(['one', undefined, 'three']);
  });

  it('has the newest value of a key', () => {
    const cache = new Lru<number, string>(1);
    cache.set(1, 'one');
    cache.set(1, 'uno');
    expect(cache.get(1)).toBe('uno');
    cache.set(2, 'due');
    expect([cache.get(1), cache.get(2)]).toEqual([undefined, 'due']);
  });
});
