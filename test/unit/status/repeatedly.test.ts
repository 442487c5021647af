import { setTimeout as delay } from 'node:timers/promises';
import { repeatedly } from '../../../src/status/repeatedly';

it('work begins immediately, continues after a pause, and ends', async () => {
  let runs = 0;
  const stop = repeatedly(() => Promise.resolve(void (runs += 1)), 5);
  expect(runs).toBe(1);
  while (runs < 4) await delay(1);
  stop();
  const before = runs;
  await delay(30);
  expect(runs).toBe(before);
});

it('hanging work is not started again', async () => {
  let runs = 0;
  const stop = repeatedly(() => {
    runs += 1;
    return new Promise(() => undefined);
  }, 1);
  await delay(30);
  expect(runs).toBe(1);
  stop();
});
