import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { RUNTIME_IMAGE } from '../src/config/runtime-image';
import { consoleProgress } from '../src/console/progress';
import { run } from '../src/console/run';
import { UserError } from '../src/console/user-error';
import { bundleRuntime } from './bundle-runtime';

const OUTPUT = 'dist/runtime';

/** Bundles the programs of the runtime image and builds it. */
run(async () => {
  const progress = consoleProgress();
  await progress.step('programs bundled', async (note) => {
    rmSync(OUTPUT, { recursive: true, force: true });
    const { outputs } = await bundleRuntime(OUTPUT);
    const names = Object.keys(outputs).filter((name) => name.endsWith('.js'));
    note(`${names.length} programs`);
  });
  await progress.step(RUNTIME_IMAGE, () => {
    docker('build', '--quiet', '--tag', RUNTIME_IMAGE, '.');
    return Promise.resolve();
  });
  console.log(`${RUNTIME_IMAGE}  (for kind: kind load docker-image ${RUNTIME_IMAGE})`);
});

function docker(...args: readonly string[]): void {
  try {
    execFileSync('docker', args, { stdio: 'pipe' });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT')
      throw new UserError(
        'docker is not in PATH; it builds the image.',
        'install Docker, or a docker-compatible client',
      );
    throw new UserError(
      `docker could not build the image:\n${stderr?.toString().trim() ?? ''}`,
      'see its message above',
    );
  }
}
