import { writeFileSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { KUBERNETES_ENVIRONMENTS } from '../src/config/environments';
import { loadConfig } from '../src/config/load';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { currentContext } from '../src/kubernetes/context';
import { deploy } from '../src/kubernetes/deploy';
import { Kubectl } from '../src/kubernetes/kubectl';
import { smokeInCluster } from '../src/kubernetes/smoke-job';
import { formatVerdict, verdictJson } from '../src/smoke/smoke-test';

interface Options {
  readonly context?: string;
  readonly smoke: boolean;
  readonly json?: string;
}

type Environment = (typeof KUBERNETES_ENVIRONMENTS)[number];

const program = new Command('deploy')
  .description('Applies the manifests of an environment when the cluster can take them, waits, and proves what runs.')
  .addArgument(new Argument('<environment>', 'whose manifests').choices(KUBERNETES_ENVIRONMENTS))
  .option('--context <name>', 'of kubectl (default: the current one)')
  .option('--no-smoke', 'end when brokers and topics are up')
  .option('--json <file>', 'write the verdict as JSON as well')
  .action(async (environment: Environment, { context, smoke, json }: Options) => {
    const config = loadConfig(environment);
    const progress = consoleProgress();
    const target = context ?? (await currentContext());
    const kubectl = new Kubectl({ context: target, namespace: config.namespace });
    await deploy({ config, kubectl, context: target, manifests: `manifests/${environment}`, progress });
    if (!smoke) return;
    const verdict = await progress.step(
      'smoke test',
      () => smokeInCluster(kubectl, config),
      ({ ok }) => ok,
    );
    console.log(formatVerdict(verdict));
    if (json !== undefined) writeFileSync(json, `${verdictJson(verdict)}\n`);
    if (!verdict.ok) process.exitCode = 1;
  });

run(() => program.parseAsync());
