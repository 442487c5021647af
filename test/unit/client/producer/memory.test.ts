import { Memory } from '../../../../src/client/producer/memory';

function filling(bound: number) {
  const memory = new Memory(bound);
  const entered: string[] = [];
  const take = (name: string, bytes: number): void => memory.take(bytes, () => entered.push(name));
  return { memory, entered, take };
}

describe('the memory', () => {
  it('admits a record behind one that leaves immediately', () => {
    const memory = new Memory(10);
    const entered: string[] = [];
    memory.take(1, () => {
      entered.push('refused');
      memory.take(1, () => entered.push('brought'));
      memory.release(1);
    });
    memory.take(1, () => entered.push('next'));
    expect(entered).toEqual(['refused', 'brought', 'next']);
    expect(memory.held).toBe(2);
  });

  it('admits immediately while there is room, and not beyond the bound', () => {
    const { memory, entered, take } = filling(10);
    take('a', 6);
    take('b', 4);
    take('c', 1);
    expect(entered).toEqual(['a', 'b']);
    expect(memory.held).toBe(10);
  });

  it('keeps the order, so that a small record waits behind a large one', () => {
    const { memory, entered, take } = filling(10);
    take('a', 6);
    take('b', 4);
    take('large', 8);
    take('small', 1);
    memory.release(4);
    expect(entered).toEqual(['a', 'b']);
    memory.release(6);
    expect(entered).toEqual(['a', 'b', 'large', 'small']);
  });

  it('has room when no record waits any more', async () => {
    const { memory, take } = filling(10);
    await memory.room();
    take('a', 10);
    take('b', 10);
    let hasRoom = false;
    const room = memory.room().then(() => (hasRoom = true));
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    memory.release(10);
    await room;
  });

  it('ends all waiting when it is cleared, and admits no record', async () => {
    const { memory, entered, take } = filling(10);
    take('a', 10);
    take('b', 10);
    const room = memory.room();
    memory.clear();
    await room;
    memory.release(10);
    expect(entered).toEqual(['a']);
  });
});
