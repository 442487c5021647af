import { InvalidArgumentError, type Command } from 'commander';
import { currentContext } from '../deploy/context';
import { Kubectl, KubectlError } from '../deploy/kubectl';
import { forward } from '../deploy/port-forward';
import { untilStopped } from '../local/until-stopped';
import { componentsOf } from '../platform/components';
import type { Platform } from '../platform/load';
import { commandLine } from '../validation/command-line';
import { nearestName } from '../validation/nearest-name';
import { ConfigError } from '../validation/problems';
import { UserError } from '../validation/user-error';
import { loadKubernetesEnvironment } from './load-project';
import { configOption, withExample, type EnvironmentOptions } from './options';
import { withConsequence } from './with-consequence';

interface Options extends EnvironmentOptions {
  readonly context?: string;
  readonly port?: number;
}

export function open(command: Command): void {
  command
    .usage('[options] <component>')
    // Without it, the message names those that there are.
    .argument('[component]', 'as `app.kubernetes.io/component` names it: ui, registry, prometheus, …')
    .addOption(configOption())
    .option(
      '--environment <name>',
      'environment whose configuration is used (default: kind, else the only one in Kubernetes)',
    )
    .option('--context <name>', 'context of kubectl (default: the current one)')
    .option('--port <number>', 'port on this machine (default: a free one)', portNumber)
    .action(withConsequence('nothing was opened', run));
  withExample(command, 'open ui --environment production');
}

async function run(name: string | undefined, { context, port, ...options }: Options): Promise<void> {
  const { environment, config } = await loadKubernetesEnvironment(options, {
    name: options.environment,
    option: '--environment',
    preferred: 'kind',
  });
  const page = pageOf(config, { name, environment });
  const target = context ?? (await currentContext());
  const kubectl = new Kubectl({ context: target, namespace: config.namespace });
  const forwarded = await forward(kubectl, { service: page.service, port: page.port, localPort: port }).catch(
    (error: unknown) => {
      if (!(error instanceof KubectlError)) throw error;
      throw new UserError(
        `${page.of} of ${target} cannot be opened:\n  ${error.output}`,
        /not ?found/i.test(error.output)
          ? `deploy it first (${commandLine('deploy')}), or name the cluster that has it with --context`
          : undefined,
      );
    },
  );
  console.log(`${forwarded.url}${page.path}  (${page.of} of ${config.namespace} in ${target}; Ctrl-C closes it)`);
  await untilStopped((stopped) => Promise.race([stopped, forwarded.ended]), true);
  forwarded.close();
}

/** What was typed, and for which environment. */
interface Asked {
  readonly name: string | undefined;
  readonly environment: string;
}

function pageOf(config: Platform, { name, environment }: Asked) {
  const pages = componentsOf(config).flatMap(({ web, name: of }) => (web ? [{ ...web, of }] : []));
  const page = pages.find(({ of }) => of === name);
  if (page !== undefined) return page;
  const names = pages.map(({ of }) => of);
  const nearest = name === undefined ? undefined : nearestName(name, names);
  const problem = {
    path: '<component>',
    value: name,
    message:
      name === undefined ? 'no component is named' : `the environment ${environment} has no such component to open`,
    allowed: names.length === 0 ? 'none: it has no component with a web page' : names.join(', '),
    fix: `name ${nearest ?? 'one of them'}`,
  };
  throw new ConfigError('the command line', [problem]);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('allowed: a port from 1 to 65535.');
}
