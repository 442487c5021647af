import { setTimeout as delay } from 'node:timers/promises';
import { PartitionWorker, type WorkItem, type Verdict } from '../../../../src/client/consumer/partition-worker';
import { Slots } from '../../../../src/client/consumer/slots';

interface Item extends WorkItem {
  readonly name: string;
}

const item = (name: string, sequence?: string, bytes = 1): Item => ({ name, sequence, bytes });
const roomy = (): Slots => new Slots({ calls: 100, bytes: 100 });

/** A worker whose items are done when told. */
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
  it('run different keys side by side', () => {
    expect(underControl([item('a1', 'a'), item('b1', 'b')]).begun).toEqual(['a1', 'b1']);
  });

  it('run one key in order, one after another', async () => {
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b')]);
    expect(begun).toEqual(['a1', 'b1']);
    await settle('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('let what has no key wait for nothing', () => {
    expect(underControl([item('1'), item('2')]).begun).toEqual(['1', '2']);
  });

  it('put a key that has run behind the others, so that the committable offset can follow', async () => {
    const slots = new Slots({ calls: 1, bytes: 100 });
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b')], slots);
    await settle('a1');
    expect(begun).toEqual(['a1', 'b1']);
  });

  it('are finished when all is done, and not before', async () => {
    const { worker, settle } = underControl([item('a1', 'a'), item('a2', 'a')]);
    await settle('a1');
    expect(await isFinished(worker)).toBe(false);
    await settle('a2');
    expect(await isFinished(worker)).toBe(true);
  });

  it('are finished at once without items', async () => {
    expect(await isFinished(underControl([]).worker)).toBe(true);
  });

  it('run what answers at once without a turn of the event loop', () => {
    const done: string[] = [];
    const worker = new PartitionWorker(roomy(), [item('a1', 'a'), item('a2', 'a')], ({ name }) => {
      done.push(name);
      return 'done';
    });
    worker.start();
    expect(done).toEqual(['a1', 'a2']);
  });

  it('begin nothing more once stopped, and are finished when nothing runs', async () => {
    const { worker, begun, settle } = underControl([item('a1', 'a'), item('a2', 'a')]);
    worker.stop();
    expect(worker.unfinished.map(({ name }) => name)).toEqual(['a1']);
    expect(await isFinished(worker)).toBe(false);
    await settle('a1');
    expect(begun).toEqual(['a1']);
    expect(worker.unfinished).toEqual([]);
    expect(await isFinished(worker)).toBe(true);
  });

  it('hold a key that is to be tried again, and nothing else', async () => {
    const { begun, settle } = underControl([item('a1', 'a'), item('a2', 'a'), item('b1', 'b'), item('b2', 'b')]);
    await settle('a1', { againInMs: 30 });
    await settle('b1');
    expect(begun).toEqual(['a1', 'b1', 'b2']);
    await delay(50);
    expect(begun).toEqual(['a1', 'b1', 'b2', 'a1']);
  });

  it('give up what waits to be tried again when stopped, and say so', async () => {
    const { worker, begun, settle } = underControl([item('a1', 'a')]);
    await settle('a1', { againInMs: 10 });
    worker.stop();
    expect(await isFinished(worker)).toBe(true);
    await delay(20);
    expect(begun).toEqual(['a1']);
    expect(worker.unfinished.map(({ name }) => name)).toEqual(['a1']);
  });

  it('run what stands instead of an item in its place', async () => {
    const { begun, settle } = underControl([item('a1-2', 'a'), item('a3', 'a')]);
    await settle('a1-2', { instead: [item('a1', 'a'), item('a2', 'a')] });
    await settle('a1');
    await settle('a2');
    expect(begun).toEqual(['a1-2', 'a1', 'a2', 'a3']);
  });
});

describe('slots', () => {
  it('bound the calls at once', async () => {
    const { begun, settle } = underControl([item('1'), item('2'), item('3')], new Slots({ calls: 2, bytes: 100 }));
    expect(begun).toEqual(['1', '2']);
    await settle('1');
    expect(begun).toEqual(['1', '2', '3']);
  });

  it('bound the bytes at once', async () => {
    const items = [item('1', undefined, 6), item('2', undefined, 6)];
    const { begun, settle } = underControl(items, new Slots({ calls: 100, bytes: 10 }));
    expect(begun).toEqual(['1']);
    await settle('1');
    expect(begun).toEqual(['1', '2']);
  });

  it('let a record that is larger than the bound go alone', async () => {
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

  it('take no room for what waits to be tried again', async () => {
    const { worker, begun, settle } = underControl([item('1'), item('2')], new Slots({ calls: 1, bytes: 100 }));
    await settle('1', { againInMs: 60_000 });
    expect(begun).toEqual(['1', '2']);
    worker.stop();
  });

  it('give nothing out while held', () => {
    const slots = roomy();
    slots.hold();
    const { begun } = underControl([item('1')], slots);
    expect(begun).toEqual([]);
    slots.resume();
    expect(begun).toEqual(['1']);
  });
});
