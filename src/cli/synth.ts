import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { renderFiles } from '../manifests/rendered-files';
import { writeManifests } from '../manifests/write-manifests';
import { MANIFESTS } from '../platform/definition';
import { environmentFile, everyPlatform, kubernetesEnvironments, schemasOf } from '../platform/project';
import { subjectsOf } from '../platform/project-schemas';
import { allOrProblems } from '../validation/problems';
import { UserError } from '../validation/user-error';
import { loadProject } from './load-project';
import { configOption, withExample, type ProjectOptions } from './options';
import { withConsequence } from './with-consequence';

interface Options extends ProjectOptions {
  readonly manifests?: string;
}

/**
 * Output directory of `cdk8s.yaml`. The cdk8s CLI deletes it before it starts this program, so the manifests are not
 * kept there.
 */
const CLI_OUTPUT = '.platform/cdk8s';

export function synth(command: Command): void {
  command
    .addOption(configOption())
    .option('--manifests <directory>', `where to write them (default: manifests of the definition, else ${MANIFESTS})`)
    .action(withConsequence('nothing was written', run));
  withExample(command, 'synth');
}

/**
 * Writes the manifests of all Kubernetes environments after all of them were validated and rendered; otherwise changes
 * nothing.
 */
async function run({ manifests, ...options }: Options): Promise<void> {
  const project = await loadProject(options);
  const { manifests: defined = MANIFESTS } = project.definition;
  const names = kubernetesEnvironments(project);
  if (names.length === 0)
    throw new UserError(
      `${project.file} has no environment but local, which is not rendered; nothing was written.`,
      'add one to its environments, as production',
    );
  const [configs] = allOrProblems([() => everyPlatform(project), () => subjectsOf(project)]);
  const rendered = Object.fromEntries(
    Object.entries(configs)
      .filter(([name]) => names.includes(name))
      .map(([name, config]) => [
        name,
        renderFiles(environmentFile(project, name), { config, schemas: schemasOf(project, name) }),
      ]),
  );
  const written = outputs(manifests ?? defined, process.env['CDK8S_OUTDIR']).map((outdir) =>
    writeManifests(outdir, rendered),
  );
  for (const path of written.flatMap(({ removed }) => removed)) console.error(`removed: ${path}`);
  for (const path of written[0]?.rendered ?? []) console.log(path);
}

/**
 * If the cdk8s CLI requests another output directory than that of `cdk8s.yaml`, as for `cdk8s synth --stdout`, only
 * that directory is written.
 */
function outputs(manifests: string, asked: string | undefined): readonly string[] {
  if (asked === undefined) return [manifests];
  return relative(resolve(CLI_OUTPUT), resolve(asked)) === '' ? [manifests, CLI_OUTPUT] : [asked];
}
