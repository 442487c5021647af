import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../..');
const FOLDER = 'src/client/kafkajs-patches';
const NO_PATCHES = ['kafkajs-internals.d.ts', 'patch-kafkajs.ts'];

const rows = readFileSync(join(ROOT, 'docs/concepts/kafkajs-patches.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const code = (cell: string | undefined): string => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? '';

describe('the page about the patches of kafkajs', () => {
  it('names each of them, and nothing else', () => {
    const files = readdirSync(join(ROOT, FOLDER)).filter((file) => !NO_PATCHES.includes(file));
    expect(rows.map(([file]) => code(file))).toEqual(files.sort());
  });

  it.each(rows)('names for %s the defect, the effect, an existing test, and the way out', (file, ...cells) => {
    const [defect, effect, test, wayOut] = cells;
    expect([defect, effect, wayOut].every((cell) => (cell ?? '').length > 0)).toBe(true);
    expect(existsSync(join(ROOT, code(test)))).toBe(true);
    expect(code(file)).not.toBe('');
  });
});
