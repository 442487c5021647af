import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../src/config/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { runningRegistry } from '../src/embedded/running';
import { applySchemas } from '../src/schemas/apply';
import { checkSubjects } from '../src/schemas/check';
import { formatPlan } from '../src/schemas/format-plan';
import { generatedFiles } from '../src/schemas/generate/generated-files';
import { loadSubjects } from '../src/schemas/load';
import { readPlan, type SchemaTarget } from '../src/schemas/read-plan';
import { registryClient } from '../src/schemas/registry-client';
import { jsonOption, printResult, type ResultOptions } from './print-result';

interface Options extends ResultOptions {
  readonly registry?: string;
}

const program = new Command('schemas').description('The catalogue (src/schemas/catalogue.ts) against a registry.');

command('plan', 'say what apply would do, and change nothing; exit code 2 when something is forbidden').action(
  async (options: Options) => {
    const steps = await readPlan(targetOf(options));
    printResult(options, steps, formatPlan(steps));
    if (steps.some(({ kind }) => kind === 'forbidden')) process.exitCode = 2;
  },
);

command('check', 'hold all versions against each other, without a registry').action((options: Options) => {
  const subjects = loadSubjects();
  checkSubjects(subjects);
  const versions = subjects.flatMap((subject) => subject.versions);
  printResult(options, subjects, `compatible: ${subjects.length} subjects, ${versions.length} versions`);
});

command('apply', 'check everything, register what is new, then verify; a second run does nothing').action(
  async (options: Options) => {
    const { steps, summary } = await consoleProgress().step('schemas', (onProgress) =>
      applySchemas({ ...targetOf(options), onProgress }),
    );
    printResult(options, steps, `applied and verified: ${summary}`);
  },
);

program
  .command('types')
  .description('write the types of all events, and their schemas for bundles, from the files of src/schemas/avro')
  .action(() => {
    const root = join(__dirname, '..');
    const files = generatedFiles();
    for (const { path, text } of files) writeFileSync(join(root, path), text);
    console.log(`written: ${files.map(({ path }) => path).join(', ')}`);
  });

run(() => program.parseAsync());

function command(name: string, description: string): Command {
  const added = program.command(name).description(description).addOption(jsonOption());
  if (name === 'check') return added;
  return added.option(
    '--registry <url>',
    'address of the registry, with its base path (default: the local one that runs)',
    address,
  );
}

function targetOf({ registry: url = runningRegistry(loadConfig('local')) }: Options): SchemaTarget {
  return { registry: registryClient({ url }), subjects: loadSubjects() };
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new InvalidArgumentError('this is no http address without user; for example http://127.0.0.1:8081');
  }
  return text;
}
