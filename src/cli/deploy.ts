import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { formatVerdict, verdictJson } from '../components/smoke-test/smoke-test';
import { resultFile } from '../console/option-parsers';
import { consoleProgress } from '../console/progress';
import { currentContext } from '../deploy/context';
import { deploy as deployTo } from '../deploy/deploy';
import { Kubectl } from '../deploy/kubectl';
import { smokeInCluster } from '../deploy/smoke-job';
import { MANIFESTS } from '../platform/definition';
import { loadKubernetesEnvironment } from './load-project';
import { configOption, withExample, type ProjectOptions } from './options';
import { withConsequence } from './with-consequence';

interface Options extends ProjectOptions {
  readonly context?: string;
  readonly manifests?: string;
  readonly smoke: boolean;
  readonly again: boolean;
  readonly json?: string;
}

export function deploy(command: Command): void {
  command
    .usage('[options] <environment>')
    // Without it, the message names those that there are.
    .argument('[environment]', 'environment that is deployed')
    .addOption(configOption())
    .option('--context <name>', 'context of kubectl (default: the current one)')
    .option(
      '--manifests <directory>',
      `files *.k8s.yaml that are applied (default: ${MANIFESTS}/<environment>, as synth writes it)`,
    )
    .option('--no-smoke', 'skip the smoke test at the end')
    .option('--again', 'run the Jobs of topics and schemas once more, though they succeeded before', false)
    .option('--json <file>', 'write the verdict as JSON as well', resultFile)
    .action(withConsequence('nothing was applied', run));
  withExample(command, 'deploy production --context my-cluster');
}

async function run(
  named: string | undefined,
  { context, manifests, smoke, again, json, ...options }: Options,
): Promise<void> {
  const { project, environment, config } = await loadKubernetesEnvironment(options, {
    name: named,
    option: '<environment>',
    mustBeNamed: true,
  });
  const progress = consoleProgress();
  const target = context ?? (await currentContext());
  const kubectl = new Kubectl({ context: target, namespace: config.namespace });
  console.log(`Deploying ${environment} to context ${target}, namespace ${config.namespace}`);
  const directory = manifests ?? join(project.definition.manifests ?? MANIFESTS, environment);
  await deployTo({ config, kubectl, context: target, manifests: directory, again, progress });
  if (!smoke) return;
  const verdict = await progress.step(
    'smoke test',
    () => smokeInCluster(kubectl, config),
    ({ ok }) => ok,
  );
  console.log(formatVerdict(verdict));
  if (json !== undefined) writeFileSync(json, `${verdictJson(verdict)}\n`);
  if (!verdict.ok) process.exitCode = 1;
}
