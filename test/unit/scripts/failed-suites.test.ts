import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { failedSuites } from '../../../scripts/failed-suites';

const directory = mkdtempSync(join(tmpdir(), 'results-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('the suites that failed are named by their path in the repository', () => {
  const file = join(directory, 'results.json');
  const testResults = [
    { name: resolve('test/unit/a.test.ts'), status: 'passed' },
    { name: resolve('examples/shop/test/integration/b.test.ts'), status: 'failed' },
  ];
  writeFileSync(file, JSON.stringify({ success: false, testResults }));
  expect(failedSuites(file)).toEqual(['examples/shop/test/integration/b.test.ts']);
});

it('a run that was stopped names none', () => {
  expect(failedSuites(join(directory, 'missing.json'))).toEqual([]);
});
