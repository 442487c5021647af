import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../../package.json';
import { ROOT, codeOf, documentationPages, type Page } from '../../support/documentation';

const pages = documentationPages();
const OF_KAFKA_PLATFORM = /src\/cli\/main\.ts (\S+)$/;

/** Long options by the words of a command, as `topics plan`. */
const commands = JSON.parse(
  execFileSync(process.execPath, ['--import', 'tsx', 'test/support/print-commands.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  }),
) as Readonly<Record<string, readonly string[]>>;

/** A command line on a page: an npm script or a command of `kafka-platform`, with its arguments. */
interface Shown {
  readonly line: string;
  readonly name: string;
  readonly rest: readonly string[];
}

const shownIn = (page: Page, pattern: RegExp): readonly Shown[] =>
  codeOf(page)
    .flatMap((code) => code.replaceAll(/\\\n/g, ' ').split('\n'))
    .flatMap((text) => [...text.replace(/ +#.*$/, '').matchAll(pattern)])
    .map(([line, words = '']) => {
      const [name = '', ...rest] = words.split(/\s+/).filter((word) => word !== '' && word !== '--');
      return { line: `${page.file}: ${line.trim()}`, name, rest };
    });

const scriptsIn = (page: Page): readonly Shown[] =>
  shownIn(page, /\bnpm (?:run (?:-s |--silent )?)?((?<=run .*)[a-z][^|;&`]*|(?:start|test)\b[^|;&`]*)/g);

const commandsIn = (page: Page): readonly Shown[] => shownIn(page, /\bnpx kafka-platform ([a-z][^|;&`]*)/g);

const optionsOf = ({ rest }: Shown): readonly string[] =>
  rest.filter((word) => /^--[a-z]/.test(word) && word !== '--help').map((word) => word.replace(/[^a-z-].*$/, ''));

const unknownOptions = (shown: Shown, isKnown: (option: string) => boolean): readonly string[] =>
  optionsOf(shown).flatMap((option) => (isKnown(option) ? [] : [`${shown.line}: there is no ${option}`]));

function problemsOfCommand(shown: Shown): readonly string[] {
  const [first = ''] = shown.rest;
  const hasParts = Object.keys(commands).some((words) => words.startsWith(`${shown.name} `));
  const words = hasParts && /^[a-z]/.test(first) ? `${shown.name} ${first}` : shown.name;
  const options = commands[words];
  if (options === undefined) return [`${shown.line}: there is no command ${words}`];
  return unknownOptions(shown, (option) => options.includes(option));
}

function problemsOfScript(shown: Shown): readonly string[] {
  const script = (scripts as Readonly<Record<string, string>>)[shown.name];
  if (script === undefined) return [`${shown.line}: package.json has no script ${shown.name}`];
  const [, command] = OF_KAFKA_PLATFORM.exec(script) ?? [];
  if (command !== undefined) return problemsOfCommand({ ...shown, name: command });
  const file = script.split(' ').find((word) => word.endsWith('.ts') && existsSync(join(ROOT, word)));
  const source = file === undefined ? '' : readFileSync(join(ROOT, file), 'utf8');
  return unknownOptions(shown, (option) => source.includes(option));
}

describe('commands in the documentation', () => {
  it('that are npm scripts exist, with their options', () => {
    const shown = pages.flatMap(scriptsIn);
    expect(shown.flatMap(problemsOfScript)).toEqual([]);
    expect(shown.length).toBeGreaterThan(50);
  });

  it('include all existing ones', () => {
    const named = new Set(pages.flatMap(scriptsIn).map(({ name }) => name));
    const isOfNpm = (name: string) => /^(pre|post)/.test(name);
    expect(Object.keys(scripts).filter((name) => !isOfNpm(name) && !named.has(name))).toEqual([]);
  });

  it('that are commands of kafka-platform exist, with their options', () => {
    const shown = pages.flatMap(commandsIn);
    expect(shown.flatMap(problemsOfCommand)).toEqual([]);
    expect(shown.length).toBeGreaterThan(3);
  });
});
