import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programOutcome, type Outcome } from '../../support/program-outcome';

const directory = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

const MAIN = 'src/cli/main.ts';

const STACK = /^ +at /m;

/** Output and exit code of a TypeScript program. */
const outcomeOf = (
  [program = '', ...args]: readonly string[],
  { cwd, node = ['--import', 'tsx'] }: { readonly cwd?: string; readonly node?: readonly string[] } = {},
): Promise<Outcome> => programOutcome(process.execPath, [...node, resolve(program), ...args], cwd);

/** Path of a file with this text. */
function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const configuration = "{ brokers: { clusterId: 'q1Sh-9_ISia_zwGINzRvyQ', nodePools: [{ replicas: 4 }] } }";

describe('an unusable file', () => {
  const problems = resolve('src/validation/problems');
  const cases = [
    [
      'is not there',
      join(directory, 'nowhere.js'),
      /--config = ".*nowhere\.js"\n.* does not exist\n +allowed: [^]*fix: /,
    ],
    ['is a directory', directory, /--config = [^]* is no file\n +allowed: [^]*fix: /],
    ['is no module', file('definition.json', '{}'), /--config = [^]* is no module: [^]*fix: /],
    [
      'throws',
      file('throws.mjs', "\nthrow new Error('no secret set');"),
      /throws\.mjs threw while it was loaded \(.*throws\.mjs:2\): no secret set\n {2}fix: /,
    ],
    ['throws what is no error', file('seven.mjs', 'throw 7;'), /seven\.mjs threw 7\.\n {2}fix: /],
    [
      'throws the problems of its configuration',
      file(
        'problems.ts',
        `import { ConfigError } from '${problems}';\nthrow new ConfigError('topics.ts', [{ path: 'a', value: 1, message: 'm', allowed: '2', fix: 'write 2' }]);`,
      ),
      /^topics\.ts has one problem; nothing was rendered or started\n\n {2}a = 1\n {4}m\n {4}allowed: 2\n {4}fix: {5}write 2$/,
    ],
    [
      'has a syntax error',
      file('syntax.ts', 'export default {\n  environments: ;\n};'),
      /syntax\.ts could not be loaded: [^]*syntax\.ts:2:\d+[^]*fix: correct the syntax/,
    ],
    [
      'imports what is not there',
      file('imports.mjs', "import './nowhere.mjs';"),
      /imports\.mjs could not be loaded: Cannot find module .*nowhere\.mjs[^]*fix: /,
    ],
    [
      'exports nothing',
      file('empty.mjs', ''),
      /empty\.mjs has one problem; nothing was rendered or started\n\n {2}default export = \(not set\)[^]*allowed: environments, /,
    ],
    [
      'exports something else',
      file('other.cjs', 'module.exports = { topics: 7 };'),
      /environments = \(not set\)[^]*topics = 7[^]*allowed: a list of \{ file, topics \}/,
    ],
    [
      'has a broken environment',
      file('broken.cjs', `module.exports = { environments: { local: ${configuration} } };`),
      /broken\.cjs, environments\.local has one problem; [^]*brokers\.nodePools\.0\.replicas = 4/,
    ],
  ] as const;
  let told: readonly (string | null)[];

  beforeAll(async () => {
    const files = cases.map(([, path]) => path);
    const { stdout } = await outcomeOf(['test/support/load-definitions.ts', ...files]);
    told = JSON.parse(stdout) as typeof told;
  });

  it.each(cases)('is reported in a sentence if it %s', (why, _, expected) => {
    expect(told[cases.findIndex(([each]) => each === why)]).toMatch(expected);
  });
});

it('a definition that never finishes loading ends the command with a sentence', async () => {
  const path = file('awaits.mjs', 'await new Promise(() => undefined);');
  const { stderr, code } = await outcomeOf([MAIN, 'topics', 'plan', '--config', path]);
  expect(stderr).toMatch(/awaits\.mjs never finishes loading/);
  expect(code).toBe(1);
});

describe('commands', () => {
  it.each([
    ['topcs', 'plan', 'topics'],
    ['topics', 'plann', 'plan'],
  ])('that do not exist are answered with the nearest name: %s %s', async (command, subcommand, nearest) => {
    const { stderr, code } = await outcomeOf([MAIN, command, subcommand]);
    expect(stderr).toContain(`(Did you mean ${nearest}?)`);
    expect({ code, stack: STACK.test(stderr) }).toEqual({ code: 1, stack: false });
  });

  it('report where they look for a definition if there is none', async () => {
    const { stderr, code } = await outcomeOf([MAIN, 'smoke'], {
      cwd: directory,
      node: ['--import', resolve('node_modules/tsx/dist/loader.mjs')],
    });
    expect(stderr).toMatch(
      /--config = \(not set\)\n.*platform\/index\.ts does not exist\n[^]*fix: +run the command where the definition is/,
    );
    expect(code).toBe(1);
  });

  it.each([
    ['deploy', /<environment> = \(not set\)\n.*\n +allowed: kind, production\n +fix: /],
    ['open', /<component> = \(not set\)\n.*\n +allowed: registry, ui, lag-exporter, prometheus\n +fix: /],
  ])('without a required argument list its allowed values: %s', async (command, expected) => {
    const { stderr, code } = await outcomeOf([MAIN, command]);
    expect(stderr).toMatch(expected);
    expect(code).toBe(1);
  });

  it('do not deploy the environment of one machine', async () => {
    const { stderr, code } = await outcomeOf([MAIN, 'deploy', 'local']);
    expect(stderr).toMatch(/<environment> = "local"\n.*is not rendered\n +allowed: kind, production\n/);
    expect(code).toBe(1);
  });
});
