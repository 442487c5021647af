import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { KUBERNETES_ENVIRONMENTS } from '../src/config/environments';
import { loadConfig } from '../src/config/load';
import { run } from '../src/console/run';
import { UserError } from '../src/console/user-error';
import { untilStopped } from '../src/embedded/until-stopped';
import { currentContext } from '../src/kubernetes/context';
import { Kubectl, KubectlError } from '../src/kubernetes/kubectl';
import { forward } from '../src/kubernetes/port-forward';
import { SERVICES, serviceOf, type ServiceName } from '../src/kubernetes/services';

interface Options {
  readonly environment: (typeof KUBERNETES_ENVIRONMENTS)[number];
  readonly context?: string;
  readonly port?: number;
}

const program = new Command('open')
  .description('Opens a way from this machine, and from it alone, to a part of the platform in Kubernetes.')
  .addArgument(new Argument('<service>', 'which').choices(SERVICES))
  .addOption(
    new Option('--environment <name>', 'whose configuration counts').choices(KUBERNETES_ENVIRONMENTS).default('kind'),
  )
  .option('--context <name>', 'of kubectl (default: the current one)')
  .option('--port <number>', 'on this machine (default: a free one)', portNumber)
  .action(async (name: ServiceName, { environment, context, port }: Options) => {
    const config = loadConfig(environment);
    const service = serviceOf(config, name);
    if (service === undefined) {
      throw new UserError(`The environment ${environment} has no ${name}.`, 'see its configuration in src/config');
    }
    const target = context ?? (await currentContext());
    const kubectl = new Kubectl({ context: target, namespace: config.namespace });
    const way = await forward(kubectl, { ...service, localPort: port }).catch((error: unknown) => {
      if (!(error instanceof KubectlError)) throw error;
      throw new UserError(
        `${target} has no ${name} to open:\n  ${error.output}`,
        'deploy it first (npm run deploy), or name the cluster that has it with --context',
      );
    });
    console.log(`${way.url}${service.path}  (${name} of ${config.namespace} in ${target}; Ctrl-C closes it)`);
    await Promise.race([untilStopped(true), way.ended]);
    way.close();
  });

run(() => program.parseAsync());

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError('a port is a whole number from 1 to 65535.');
}
