import { PartitionQueue } from '../../../../src/client/producer/partition-queue';

interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly since: number;
}

const LIMITS = { batchRecords: 3, batchBytes: 100, lingerMs: 5 };
const item = (name: string, bytes = 1, since = 0): Item => ({ name, bytes, since });
const queued = (...items: readonly Item[]): PartitionQueue<Item> => {
  const queue = new PartitionQueue<Item>(LIMITS);
  for (const each of items) queue.put(each);
  return queue;
};
const names = (items: readonly Item[]): string => items.map(({ name }) => name).join('');

describe('a batch is due', () => {
  it('never if it is empty', () => expect(queued().dueAt).toBeUndefined());
  it('when its oldest record has lingered', () => expect(queued(item('a', 1, 7), item('b', 1, 9)).dueAt).toBe(12));
  it('immediately with its maximum number of records', () =>
    expect(queued(item('a'), item('b'), item('c')).dueAt).toBe(-Infinity));
  it('immediately with its maximum number of bytes', () =>
    expect(queued(item('a', 60), item('b', 40)).dueAt).toBe(-Infinity));

  it('by the remaining records after the previous one', () => {
    const queue = queued(item('a', 60), item('b', 60, 3));
    queue.take();
    expect(queue.dueAt).toBe(8);
    queue.take();
    expect(queue.dueAt).toBeUndefined();
  });
});

describe('a batch takes', () => {
  it('records in their order, up to the maximum number', () => {
    const queue = queued(...['a', 'b', 'c', 'd'].map((name) => item(name)));
    expect([queue.take(), queue.take()].map(names)).toEqual(['abc', 'd']);
  });

  it('no more bytes than the bound', () => {
    const queue = queued(item('a', 60), item('b', 40), item('c', 1));
    expect([queue.take(), queue.take()].map(names)).toEqual(['ab', 'c']);
  });

  it('a record beyond the bound alone', () => {
    const queue = queued(item('a'), item('B', 500), item('c'));
    expect([queue.take(), queue.take(), queue.take()].map(names)).toEqual(['a', 'B', 'c']);
  });
});

describe('the expired records', () => {
  it('are those from before the time, which are not sent', () => {
    const queue = queued(item('a', 1, 1), item('b', 1, 2), item('c', 1, 3));
    expect(names(queue.takeOlderThan(2))).toBe('a');
    expect(names(queue.take())).toBe('bc');
  });

  it('may be all records', () => {
    const queue = queued(item('a'), item('b'));
    expect(names(queue.takeOlderThan(Infinity))).toBe('ab');
    expect(queue.dueAt).toBeUndefined();
  });
});
