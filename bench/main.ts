import { spawnSync } from 'node:child_process';
import { Argument } from 'commander';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';

const BENCHES = ['synth', 'cold-start', 'topics', 'clients', 'tls', 'restarts'] as const;

interface Options {
  readonly memoryMinutes?: string;
  readonly parts?: string;
}

const program = new ProgramCommand('bench')
  .description('Measures; every figure is taken beside its reference in the same run.')
  .addArgument(new Argument('[names...]', 'which; all when none is named').choices(BENCHES))
  .option('--memory-minutes <count>', 'clients: how long their memory is watched (default: 10); 0 leaves that out')
  .option('--parts <names>', 'clients: only these parts')
  .action((names: readonly string[], { memoryMinutes, parts }: Options) => {
    const ofClients = [
      ...(memoryMinutes === undefined ? [] : [`--memory-minutes=${memoryMinutes}`]),
      ...(parts === undefined ? [] : [`--parts=${parts}`]),
    ];
    for (const name of names.length === 0 ? BENCHES : names) {
      const args = ['--import', 'tsx', `bench/${name}.ts`, ...(name === 'clients' ? ofClients : [])];
      const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  });

run(() => program.parseAsync());
