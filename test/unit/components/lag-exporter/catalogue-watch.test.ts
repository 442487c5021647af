import { CatalogueWatch } from '../../../../src/components/lag-exporter/catalogue-watch';
import { exposition } from '../../../../src/monitoring/exposition';
import type { Step } from '../../../../src/components/topics/plan';

const told = async (plan: () => Promise<readonly Step[]>): Promise<readonly string[]> => {
  const said: string[] = [];
  const watch = new CatalogueWatch({ plan, say: (line) => said.push(line) });
  await watch.start();
  watch.stop();
  return [
    exposition(watch.metrics())
      .split('\n')
      .filter((line) => !line.startsWith('#'))[0] ?? '',
    ...said,
  ];
};

describe('topics that differ from the catalogue', () => {
  it('are counted and named, including those that no run may change', async () => {
    const steps: readonly Step[] = [
      { kind: 'unchanged', topic: 'a' },
      { kind: 'unmanaged', topic: 'theirs' },
      { kind: 'change', topic: 'b', changes: [] },
      { kind: 'forbidden', topic: 'c', refused: [] },
    ];
    expect(await told(() => Promise.resolve(steps))).toEqual([
      'platform_catalogue_topics_differing 2',
      'not as in the catalogue: b (change), c (forbidden)',
    ]);
  });

  it('are zero, or unknown', async () => {
    expect(await told(() => Promise.resolve([]))).toEqual(['platform_catalogue_topics_differing 0']);
    expect(await told(() => Promise.reject(new Error('no broker answers')))).toEqual(['']);
  });
});
