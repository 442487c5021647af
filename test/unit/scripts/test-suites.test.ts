import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testSuites } from '../../../scripts/test-suites';

const testsBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));

it('every test file is run by exactly one stage, including those of examples', () => {
  const { unit, integration, slow, copies } = testSuites();
  const all = ['test', ...readdirSync('examples').map((name) => join('examples', name, 'test'))]
    .filter((folder) => existsSync(folder))
    .flatMap(testsBelow);
  expect([...unit, ...integration, ...slow, ...copies].sort()).toEqual([...all].sort());
  expect(Math.min(unit.length, integration.length, slow.length, copies.length)).toBeGreaterThan(0);
});
