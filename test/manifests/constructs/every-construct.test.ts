import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestedProps } from '../../support/construct';

const COMPONENTS = 'src/components';

/** All files of components that contain a construct. */
const constructs = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' }).filter(
  (path) =>
    path.endsWith('.ts') && /^export class \w+ extends Construct\b/m.test(readFileSync(join(COMPONENTS, path), 'utf8')),
);

/** Name of the test if it differs from that of the file. */
const NAMES: Readonly<Record<string, string>> = { 'smoke-test-job': 'smoke-test' };

it.each(constructs)('%s is rendered alone by a test', (path) => {
  const name = basename(path, '.ts');
  expect(existsSync(`test/manifests/constructs/${NAMES[name] ?? name}.test.ts`)).toBe(true);
});

interface Props {
  readonly tested: string;
  readonly untested: string;
  readonly optional?: string;
}

describe('a table of tested props', () => {
  it('includes every prop, or does not compile', () => {
    const complete: TestedProps<Props> = {
      tested: ['a', 'a'],
      untested: ['b', 'b'],
      optional: ['c', 'c'],
    };
    const { untested, optional, ...rest } = complete;
    // @ts-expect-error a required prop is missing
    const withoutRequired: TestedProps<Props> = { ...rest, optional };
    // @ts-expect-error an optional prop is missing
    const withoutOptional: TestedProps<Props> = { ...rest, untested };
    expect(Object.keys({ ...withoutRequired, ...withoutOptional }).sort()).toEqual(Object.keys(complete).sort());
  });
});
