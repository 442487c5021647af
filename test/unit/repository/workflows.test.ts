import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { engines, scripts } from '../../../package.json';

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly Step[];
        readonly strategy?: { readonly matrix: { readonly node?: readonly number[] } };
      }
    >
  >;
}

const DIRECTORY = '.github/workflows';

const workflows = Object.fromEntries(
  readdirSync(DIRECTORY).map((file) => [file, parse(readFileSync(join(DIRECTORY, file), 'utf8')) as Workflow]),
);

const stepsOf = ({ jobs }: Workflow): readonly Step[] => Object.values(jobs).flatMap(({ steps }) => steps);

const NPM = /\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g;

/** Names of the npm scripts that a text calls. */
const scriptsIn = (text: string): readonly string[] =>
  [...text.matchAll(NPM)].map(([, run, own]) => run ?? own ?? '').sort();

const called = (file: string): readonly string[] =>
  stepsOf(workflows[file] as Workflow).flatMap(({ run = '' }) => scriptsIn(run));

it.each([...Object.keys(workflows).map((file) => [file, called(file)] as const)])(
  '%s calls scripts that exist: %j',
  (_, names) => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  },
);

it('scripts that .ci/run and CONTRIBUTING.md call exist, too', () => {
  for (const file of ['.ci/run', 'CONTRIBUTING.md'])
    expect(scriptsIn(readFileSync(file, 'utf8')).filter((name) => !(name in scripts))).toEqual([]);
});

it('the workflow for every change runs everything that .ci/run runs', () => {
  const stages = { test: ['lint', 'test:unit', 'test:integration'] };
  const ours = scriptsIn(readFileSync('.ci/run', 'utf8').replace(/check '[^']*'/g, '')).flatMap((name) =>
    name === 'test' ? stages.test : [name],
  );
  expect([...new Set(called('ci.yml'))]).toEqual(expect.arrayContaining(ours));
});

it('actions are pinned to a version', () => {
  const used = Object.values(workflows)
    .flatMap(stepsOf)
    .flatMap(({ uses }) => uses ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});

it('unit tests run on every supported major version of Node.js, including the oldest and that of .nvmrc', () => {
  const versions = workflows['ci.yml']?.jobs['unit']?.strategy?.matrix.node ?? [];
  expect(engines.node).toBe('>=20.19');
  expect(versions).toEqual([20, 22, 24]);
  expect(versions).toContain(Number(readFileSync('.nvmrc', 'utf8')));
});
