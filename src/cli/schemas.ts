import { InvalidArgumentError, type Command } from 'commander';
import { applySchemas } from '../components/schemas/apply';
import { formatPlan } from '../components/schemas/format-plan';
import { generatedFiles } from '../components/schemas/generate/generated-files';
import { readPlan, type SchemaTarget } from '../components/schemas/read-plan';
import { consoleProgress } from '../console/progress';
import { runningRegistry } from '../local/running';
import type { SchemaCatalogue } from '../components/schemas/definition';
import { environmentNames, everySchemas, type Project } from '../platform/project';
import { subjectsOf } from '../platform/project-schemas';
import { registryClient } from '../registry-client/registry-client';
import { UserError } from '../validation/user-error';
import { loadEnvironment, loadProject } from './load-project';
import { configOption, environmentOption, withExample, type EnvironmentOptions, type ProjectOptions } from './options';
import { jsonOption, printPlan, printResult, type ResultOptions } from './print-result';
import { withConsequence } from './with-consequence';
import { writeGenerated } from './write-generated';

interface CheckOptions extends ProjectOptions, ResultOptions {}

interface Options extends EnvironmentOptions, ResultOptions {
  readonly registry?: string;
}

/** `schemas plan`, `check`, `apply` and `types`. */
export function schemas(parent: Command): void {
  withRegistry(
    parent,
    'plan',
    'Shows what apply would do, and changes nothing. Exit code 2 when a change is forbidden.',
  ).action(
    withConsequence('nothing was compared', async (options: Options) => {
      const steps = await readPlan(await targetOf(options));
      printPlan(options, steps, formatPlan(steps));
    }),
  );
  subcommand(parent, 'check', 'Compares all versions of a schema with each other. Needs no registry.')
    .addOption(jsonOption())
    .action(withConsequence('apply would register nothing', check));
  withRegistry(
    parent,
    'apply',
    'Checks all schemas, registers new versions, then verifies. A second run changes nothing.',
  ).action(
    withConsequence('nothing was registered', async (options: Options) => {
      const target = await targetOf(options);
      const { steps, summary } = await consoleProgress().step('schemas', (onProgress) =>
        applySchemas({ ...target, onProgress }),
      );
      printResult(options, steps, `applied and verified: ${summary}`);
    }),
  );
  subcommand(
    parent,
    'types',
    'Writes TypeScript types of all events, and their schemas for bundles, beside the file of the schemas.',
  ).action(withConsequence('nothing was written', writeTypes));
  withExample(parent, 'schemas check');
}

async function check(options: CheckOptions): Promise<void> {
  const project = await loadProject(options);
  declaredSchemas(project);
  const subjects = subjectsOf(project);
  const versions = subjects.flatMap((subject) => subject.versions);
  printResult(options, subjects, `compatible: ${subjects.length} subjects, ${versions.length} versions`);
}

async function writeTypes(options: ProjectOptions): Promise<void> {
  const project = await loadProject(options);
  const declared = declaredSchemas(project);
  subjectsOf(project);
  const files = declared.flatMap(generatedFiles);
  writeGenerated(process.cwd(), files);
  console.log(`written: ${files.map(({ path }) => path).join(', ')}`);
}

const subcommand = (parent: Command, name: string, description: string): Command =>
  withExample(parent.command(name).description(description).addOption(configOption()), `schemas ${name}`);

const withRegistry = (parent: Command, name: string, description: string): Command =>
  subcommand(parent, name, description)
    .addOption(environmentOption())
    .option(
      '--registry <url>',
      'address of the registry, with its base path (default: the local one that runs)',
      address,
    )
    .addOption(jsonOption());

async function targetOf({ registry, ...options }: Options): Promise<SchemaTarget> {
  const { project, environment, config } = await loadEnvironment(options);
  declaredSchemas(project);
  return {
    subjects: subjectsOf(project, [environment]),
    topics: config.topics.map(({ name }) => name),
    registry: registryClient({ url: registry ?? runningRegistry(config) }),
  };
}

/** The schemas of all environments. @throws {UserError} if there are none */
function declaredSchemas(project: Project): readonly SchemaCatalogue[] {
  const declared = everySchemas(project);
  if (declared.length > 0) return declared;
  const [name = 'local'] = environmentNames(project);
  throw new UserError(
    `${project.file} has no schemas.`,
    `add them to its definition, by environment: schemas: { ${name}: [{ file, directory, definitions }] }`,
  );
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new InvalidArgumentError('this is no http address without user; allowed: one such as http://127.0.0.1:8081.');
  }
  return text;
}
