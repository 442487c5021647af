import { setTimeout as delay } from 'node:timers/promises';
import { PartitionWorker, type WorkItem, type Verdict } from '../../../../src/client/consumer/partition-worker';
import { Slots } from '../../../../src/client/consumer/slots';
import { until } from '../../../support/until';

interface Item extends WorkItem {
  readonly name: string;
}

const item = (name: string, sequence?: string, bytes = 1): Item => ({ name, sequence, bytes });
const roomy = (): Slots => new Slots({ calls: 100, bytes: 100 });

/** A worker whose items finish on command. */
function underControl(items: readonly Item[], slots = roomy()) {
  const begun: string[] = [];
  const finish = new Map<string, (verdict: Verdict<Item>) => void>();
  const worker = new PartitionWorker(slots, items, ({ name }) => {
    begun.push(name);
    return new Promise((resolve) => finish.set(name, resolve));
  });
  worker.start();
  const settle = async (name: string, verdict: Verdict<Item> = 'done'): Promise<void> => {
    finish.get(name)?.(verdict);
    await delay(0);
  };
  return { worker, begun, settle };
}

const isFinished = async (worker: PartitionWorker<Item>): Promise<boolean> =>
  Promise.race([worker.finished.then(() => true), delay(5, false)]);

describe('the worker of a partition', () => {
  it('runs different keys concurrently', () => {
    expect(underControl([item('a1', 'a'), item('b1', 'b')]).begun).toEqual(['a1', 'b1']);
  });

  it('runs one key in order, one record at a time', async () => {
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b')]);
    expect(begun).toEqual(['a1', 'b1']);
    await settle('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('runs records without a key without waiting', () => {
    expect(underControl([item('1'), item('2')]).begun).toEqual(['1', '2']);
  });

  it('moves a key that has run behind the others, so that the committable offset can follow', async () => {
    const slots = new Slots({ calls: 1, bytes: 100 });
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b')], slots);
    await settle('a1');
    expect(begun).toEqual(['a1', 'b1']);
  });

  it('finishes when all items are done, and not before', async () => {
    const { worker, settle } = underControl([item('a1', 'a'), item('a2', 'a')]);
    await settle('a1');
    expect(await isFinished(worker)).toBe(false);
    await settle('a2');
    expect(await isFinished(worker)).toBe(true);
  });

  it('finishes immediately without items', async () => {
    expect(await isFinished(underControl([]).worker)).toBe(true);
  });

  it('runs synchronous handlers without a turn of the event loop', () => {
    const done: string[] = [];
    const worker = new PartitionWorker(roomy(), [item('a1', 'a'), item('a2', 'a')], ({ name }) => {
      done.push(name);
      return 'done';
    });
    worker.start();
    expect(done).toEqual(['a1', 'a2']);
  });

  it('starts no more items after a stop, and finishes when none runs', async () => {
    const { worker, begun, settle } = underControl([item('a1', 'a'), item('a2', 'a')]);
    worker.stop();
    expect(worker.unfinished.map(({ name }) => name)).toEqual(['a1']);
    expect(await isFinished(worker)).toBe(false);
    await settle('a1');
    expect(begun).toEqual(['a1']);
    expect(worker.unfinished).toEqual([]);
    expect(await isFinished(worker)).toBe(true);
  });

  it('holds only a key that waits for its retry', async () => {
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b'), item('b2', 'b')]);
    // Far longer than a busy machine may pause before the next lines.
    await settle('a1', { againInMs: 500 });
    await settle('b1');
    expect(begun).toEqual(['a1', 'b1', 'b2']);
    await until(() => begun.length > 3);
    expect(begun).toEqual(['a1', 'b1', 'b2', 'a1']);
  });

  it('gives up waiting retries at a stop, and reports them', async () => {
    const { worker, begun, settle } = underControl([item('a1', 'a')]);
    await settle('a1', { againInMs: 500 });
    worker.stop();
    expect(await isFinished(worker)).toBe(true);
    await delay(600);
    expect(begun).toEqual(['a1']);
    expect(worker.unfinished.map(({ name }) => name)).toEqual(['a1']);
  });

  it('runs replacements of an item in its place', async () => {
    const { begun, settle } = underControl([item('a1-2', 'a'), item('a3', 'a')]);
    await settle('a1-2', { instead: [item('a1', 'a'), item('a2', 'a')] });
    await settle('a1');
    await settle('a2');
    expect(begun).toEqual(['a1-2', 'a1', 'a2', 'a3']);
  });
});

describe('slots', () => {
  it('limit the number of concurrent calls', async () => {
    const { begun, settle } = underControl([item('1'), item('2'), item('3')], new Slots({ calls: 2, bytes: 100 }));
    expect(begun).toEqual(['1', '2']);
    await settle('1');
    expect(begun).toEqual(['1', '2', '3']);
  });

  it('limit the number of concurrent bytes', async () => {
    const items = [item('1', undefined, 6), item('2', undefined, 6)];
    const { begun, settle } = underControl(items, new Slots({ calls: 100, bytes: 10 }));
    expect(begun).toEqual(['1']);
    await settle('1');
    expect(begun).toEqual(['1', '2']);
  });

  it('let a record above the limit run alone', async () => {
    const items = [item('1'), item('large', undefined, 50), item('2')];
    const { begun, settle } = underControl(items, new Slots({ calls: 100, bytes: 10 }));
    await settle('1');
    expect(begun).toEqual(['1', 'large']);
    await settle('large');
    expect(begun).toEqual(['1', 'large', '2']);
  });

  it('are shared by all partitions', async () => {
    const slots = new Slots({ calls: 1, bytes: 100 });
    const one = underControl([item('p0')], slots);
    const other = underControl([item('p1')], slots);
    expect(other.begun).toEqual([]);
    await one.settle('p0');
    expect(other.begun).toEqual(['p1']);
  });

  it('are not occupied by waiting retries', async () => {
    const { worker, begun, settle } = underControl([item('1'), item('2')], new Slots({ calls: 1, bytes: 100 }));
    await settle('1', { againInMs: 60_000 });
    expect(begun).toEqual(['1', '2']);
    worker.stop();
  });

  it('are not assigned while held', () => {
    const slots = roomy();
    slots.hold();
    const { begun } = underControl([item('1')], slots);
    expect(begun).toEqual([]);
    slots.resume();
    expect(begun).toEqual(['1']);
  });
});
