import { RingBuffer } from '../../../src/status/ring-buffer';

it.each([
  [[], []],
  [
    [1, 2],
    [1, 2],
  ],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
  [
    [1, 2, 3, 4, 5],
    [3, 4, 5],
  ],
  [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [6, 7, 8],
  ],
])('of three keeps the last of %j, oldest first', (pushed, kept) => {
  const ring = new RingBuffer<number>(3);
  for (const item of pushed) ring.push(item);
  expect(ring.items).toEqual(kept);
});
