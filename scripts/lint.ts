import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ProgramCommand } from '../src/console/program-command';
import { elapsed } from '../src/console/progress';
import { run } from '../src/console/run';

const CHECKS = [
  ['types', 'tsc', '--noEmit'],
  ['eslint', 'eslint', '.'],
  ['boundaries', 'depcruise', '--output-type', 'err', 'src', 'examples', 'scripts', 'bench', 'tools'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
] as const;

type Check = (typeof CHECKS)[number];

/** Runs one check and prints its output. @returns whether it passed */
async function passes([name, program, ...args]: Check): Promise<boolean> {
  const begin = Date.now();
  const child = spawn(`node_modules/.bin/${program}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const ok = code === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${elapsed(begin)})`);
  if (!ok) console.log(`${stdout}${stderr}`.trimEnd());
  return ok;
}

/** Runs all checks in parallel: they only read files. */
async function lint(): Promise<void> {
  const results = await Promise.all(CHECKS.map(passes));
  if (results.includes(false)) process.exitCode = 1;
}

const program = new ProgramCommand('lint')
  .description('Checks types, style, the walls between parts and the format, all at once.')
  .action(lint);

run(() => program.parseAsync());
