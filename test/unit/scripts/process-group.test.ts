import { passesAsGroup } from '../../../scripts/process-group';

const within = 10_000;
const bash = (script: string, ms = within): Promise<boolean> => passesAsGroup('bash', ['-c', script], ms);

describe('a program with its children as one group', () => {
  it.each([
    ['exit 0', true],
    ['exit 3', false],
    ['kill -KILL $$', false],
  ])('passes by its exit code: %s', async (script, passes) => {
    expect(await bash(script)).toBe(passes);
  });

  it('is killed with them when it takes too long', async () => {
    const begin = Date.now();
    // Waits for the child, which would go on for a minute.
    expect(await bash('sleep 61.25 & sleep 61.5', 200)).toBe(false);
    expect(Date.now() - begin).toBeLessThan(within);
    expect(await bash('! pgrep --exact --full "sleep 61.25"')).toBe(true);
  });
});
