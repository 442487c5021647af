import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeGenerated } from '../../../../../src/cli/write-generated';

const root = mkdtempSync(join(tmpdir(), 'generated-'));
afterAll(() => rmSync(root, { recursive: true }));

const generated = (text: string) => ['a.ts', 'b.ts'].map((path) => ({ path, text: `// Generated.\n${text}\n` }));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('generated files', () => {
  it('replace generated ones, but none if one of them was written by hand', () => {
    writeGenerated(root, generated('1'));
    writeGenerated(root, generated('2'));
    expect(read('a.ts')).toBe('// Generated.\n2\n');
    writeFileSync(join(root, 'b.ts'), '// Mine.\n');
    expect(() => writeGenerated(root, generated('3'))).toThrow(/^b\.ts does not say[^]*nothing was written[^]*fix: /);
    expect(readdirSync(root).map(read)).toEqual(['// Generated.\n2\n', '// Mine.\n']);
  });

  it('are recognized in a checkout with carriage returns', () => {
    for (const { path, text } of generated('1')) writeFileSync(join(root, path), text.replaceAll('\n', '\r\n'));
    writeGenerated(root, generated('2'));
    expect(read('b.ts')).toBe('// Generated.\n2\n');
  });
});
