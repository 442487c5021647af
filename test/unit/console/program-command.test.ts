import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument } from 'commander';
import { namesAmong, numberFrom, resultFile, wholeNumberFrom } from '../../../src/console/option-parsers';
import { ProgramCommand } from '../../../src/console/program-command';

const directory = mkdtempSync(join(tmpdir(), 'options-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A program that throws instead of exiting. @returns the program, and its output */
function programFor(test: (program: ProgramCommand) => unknown) {
  let told = '';
  const program = new ProgramCommand('tool');
  const output = { writeErr: (text: string) => void (told += text), writeOut: () => undefined };
  program.configureOutput(output).exitOverride();
  test(program);
  return {
    refusalOf: async (...args: readonly string[]) => {
      told = '';
      const error = await program.parseAsync(args, { from: 'user' }).then(
        () => undefined,
        (thrown: unknown) => thrown as { exitCode: number },
      );
      return { told, exitCode: error?.exitCode };
    },
  };
}

const { refusalOf } = programFor((program) => {
  program.option('--verbose', 'says more');
  program
    .command('plan')
    .option('--environment <name>', 'one of the environments')
    .action(() => undefined);
  program
    .command('copy')
    .argument('<source>')
    .action(() => undefined);
  program
    .command('run')
    .addArgument(new Argument('[names...]').choices(['rolling', 'killed']))
    .action(() => undefined);
  program
    .command('count')
    .option('--runs <count>', 'how many', wholeNumberFrom(1))
    .option('--minutes <count>', 'how long', numberFrom(0))
    .option('--parts <names>', 'which', namesAmong(['producers', 'consumers']))
    .option('--json <file>', 'result', resultFile)
    .action(() => undefined);
});

describe('a command line with a mistake is answered with the allowed values', () => {
  it.each([
    ['plna', [/unknown command 'plna'/, /Did you mean plan\?/, /allowed: plan, copy, run, count, help$/m, /fix: /]],
    ['help plna', [/unknown command 'plna'/, /Did you mean plan\?/, /allowed: plan, copy, run, count, help$/m]],
    ['help nothing', [/unknown command 'nothing'/, /allowed: plan, copy, run, count, help$/m]],
    ['plan --enviroment a', [/--enviroment/, /Did you mean --environment\?/, /allowed: --environment, --help$/m]],
    ['plan --other', [/--other/, /allowed: --environment, --help$/m, /fix: /]],
    ['plan --environment', [/'--environment <name>' argument missing/, /allowed: one of the environments/, /fix: /]],
    [
      'plan kind',
      [/too many arguments/, /allowed: no argument, and the options --environment, --help/, /fix: .*'kind'/],
    ],
    ['copy', [/missing required argument 'source'/, /allowed: tool copy \[options\] <source>/, /fix: /]],
    ['copy a b c', [/too many arguments/, /fix: .*'b', 'c'/]],
    ['run rolling kiled', [/'kiled' is invalid/, /rolling, killed/, /Did you mean killed\?/]],
    ['count --runs 0', [/'0' is invalid\. allowed: a whole number from 1 on/]],
    ['count --runs 1.5', [/'1\.5' is invalid\. allowed: a whole number from 1 on/]],
    ['count --minutes -1', [/'-1' is invalid\. allowed: a number from 0 on/]],
    [
      'count --parts producers,consumer',
      [/'consumer' is none/, /Did you mean consumers\?/, /allowed: producers, cons/],
    ],
    [`count --json ${directory}`, [/is a directory; allowed: the path of a file/]],
    [`count --json ${directory}/none/x.json`, [/there is no directory .*none; allowed: the path of a file/]],
  ] as const)('%s', async (line, expected) => {
    const { told, exitCode } = await refusalOf(...line.split(' '));
    for (const each of expected) expect(told).toMatch(each);
    expect(exitCode).toBe(1);
  });

  it('and a correct one without an error', async () => {
    const line = `count --runs 3 --minutes 0.5 --parts consumers --json ${directory}/x.json`;
    expect(await refusalOf(...line.split(' '))).toEqual({ told: '', exitCode: undefined });
  });
});
