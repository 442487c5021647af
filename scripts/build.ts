import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';

/** Output directory of `tsconfig.package.json`. */
const OUTPUT = 'dist/package';

const program = new ProgramCommand('build')
  .description('Makes the package: JavaScript with types in dist/package.')
  .action(build);

run(() => program.parseAsync());

/** Compiles the sources, and copies the files that programs read at run time. */
function build(): void {
  rmSync(OUTPUT, { recursive: true, force: true });
  const { status } = spawnSync('node_modules/.bin/tsc', ['--project', 'tsconfig.package.json'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  cpSync('src', join(OUTPUT, 'src'), { recursive: true, filter: (path) => !path.endsWith('.ts') });
}
