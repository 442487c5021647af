import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file));

const OWN = 'src/components/kafka-ui/';

it('a component that no other connects to is referenced only by its entry and its part, so that its removal is two edits', () => {
  const naming = SOURCES.filter((file) => !file.startsWith(OWN) && /kafka-?ui/i.test(readFileSync(file, 'utf8')));
  expect(naming.sort()).toEqual(['src/platform/components.ts', 'src/platform/parts.ts']);
});
