import { chunks, type Copy } from '../../../src/dead-letters/chunks';
import { copyOf } from '../../../src/dead-letters/copy';
import { deadLetterRecord } from './dead-letter-builders';

const copy = (bytes: number, offset: number): Copy => ({
  offset: BigInt(offset),
  record: copyOf({ ...deadLetterRecord({}), value: Buffer.alloc(bytes) }, { topic: 'orders', isRetry: false }, 0),
});

async function* copies(sizes: readonly number[]): AsyncGenerator<Copy> {
  for (const [offset, bytes] of sizes.entries()) yield await Promise.resolve(copy(bytes, offset));
}

async function cut(sizes: readonly number[]): Promise<readonly (readonly number[])[]> {
  const all: number[][] = [];
  for await (const chunk of chunks(copies(sizes), { records: 3, bytes: 1_000 }))
    all.push(chunk.map(({ offset }) => Number(offset)));
  return all;
}

describe('the copies of one transaction', () => {
  it('have at most the allowed number, and none is left', async () => {
    expect(await cut([1, 1, 1, 1, 1, 1, 1])).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  });

  it('have at most the allowed bytes, and a larger one is alone', async () => {
    expect(await cut([400, 300, 1, 5_000, 1])).toEqual([[0, 1], [2], [3], [4]]);
  });

  it('do not exist if there are none', async () => expect(await cut([])).toEqual([]));
});
