import { Pace } from '../../../src/dead-letters/pace';

describe('the pace of a replay', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Whether there is room after this number of milliseconds, and not earlier. */
  async function comesAfter(ms: number, room: Promise<void>): Promise<boolean> {
    const come = jest.fn();
    void room.then(come);
    await jest.advanceTimersByTimeAsync(ms - 1);
    const early = come.mock.calls.length;
    await jest.advanceTimersByTimeAsync(1);
    return early === 0 && come.mock.calls.length === 1;
  }

  it('lets the first start immediately, and the next at their time', async () => {
    const pace = new Pace(100);
    await pace.room(10);
    expect(await comesAfter(100, pace.room(1))).toBe(true);
  });

  it('does not catch up after a stall', async () => {
    const pace = new Pace(100);
    await pace.room(1);
    await jest.advanceTimersByTimeAsync(60);
    await pace.room(5);
    expect(await comesAfter(50, pace.room(1))).toBe(true);
  });
});
