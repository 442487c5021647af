import { spawnSync } from 'node:child_process';
import { Argument, Command } from 'commander';
import { run } from '../src/console/run';

const BENCHES = ['synth', 'cold-start', 'topics'] as const;

const program = new Command('bench')
  .description('Measures; every figure is taken beside its reference in the same run.')
  .addArgument(new Argument('[names...]', 'which; all when none is named').choices(BENCHES))
  .action((names: readonly string[]) => {
    for (const name of names.length === 0 ? BENCHES : names) {
      const { status } = spawnSync(process.execPath, ['--import', 'tsx', `bench/${name}.ts`], { stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  });

run(() => program.parseAsync());
