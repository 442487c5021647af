import { spawnSync } from 'node:child_process';
import { Argument, Command } from 'commander';
import { run } from '../src/console/run';

const BENCHES = ['synth', 'cold-start', 'topics', 'avro', 'clients'] as const;

const program = new Command('bench')
  .description('Measures; every figure is taken beside its reference in the same run.')
  .addArgument(new Argument('[names...]', 'which; all when none is named').choices(BENCHES))
  .option('--memory-minutes <count>', 'clients: also watch their memory for so long')
  .action((names: readonly string[], { memoryMinutes }: { readonly memoryMinutes?: string }) => {
    for (const name of names.length === 0 ? BENCHES : names) {
      const options = name === 'clients' && memoryMinutes !== undefined ? [`--memory-minutes=${memoryMinutes}`] : [];
      const args = ['--import', 'tsx', `bench/${name}.ts`, ...options];
      const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  });

run(() => program.parseAsync());
