import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const guide = readFileSync(join(ROOT, 'docs/guides/write-a-client.md'), 'utf8');
const files = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'));

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

describe('the examples', () => {
  it('are all in the table of the guide, which lists no other', () => {
    const named = [...guide.matchAll(/^\|.*`(\S+\.ts)`\s*\|$/gm)].map(([, file]) => file);
    expect([...named].sort()).toEqual([...files].sort());
  });

  it('are small enough to be read at once', () => {
    const long = files.filter((file) => linesOf(readFileSync(join(ROOT, 'examples', file), 'utf8')).length > 46);
    expect(long).toEqual([]);
  });
});
