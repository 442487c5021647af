import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [, section = ''] = /^### Using the clients$(.*?)^###? /ms.exec(readme) ?? [];
const files = readdirSync(join(ROOT, 'examples'));

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

describe('the examples', () => {
  it('are each in the table of the README, which names no other', () => {
    const named = [...section.matchAll(/^\|.*`(\S+\.ts)`\s*\|$/gm)].map(([, file]) => file);
    expect([...named].sort()).toEqual([...files].sort());
  });

  it('are small enough to be read at once', () => {
    const long = files.filter((file) => linesOf(readFileSync(join(ROOT, 'examples', file), 'utf8')).length > 46);
    expect(long).toEqual([]);
  });

  it('contain what the README shows', () => {
    const [, snippet = ''] = /```ts\n(.*?)```/s.exec(section) ?? [];
    const shown = linesOf(snippet).filter((line) => line !== '');
    expect(shown.length).toBeGreaterThan(3);
    expect(linesOf(readFileSync(join(ROOT, 'examples', 'handle-events.ts'), 'utf8')).join('\n')).toContain(
      shown.join('\n'),
    );
  });
});
