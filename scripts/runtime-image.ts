import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RUNTIME_IMAGE } from '../src/config/runtime-image';
import type { Progress } from '../src/console/progress';
import { UserError } from '../src/console/user-error';
import { jarsIn, metricsReporterJars } from '../src/embedded/class-path';
import { findJdk } from '../src/embedded/jdk';
import { REPORTER_FOLDER } from '../src/render/runtime-layout';
import { bundleRuntime } from './bundle-runtime';

const OUTPUT = 'dist/runtime';

/** Bundles the programs of the runtime image and builds it. @returns its name */
export async function buildRuntimeImage(progress: Progress): Promise<string> {
  await progress.step('programs bundled', async (note) => {
    rmSync(OUTPUT, { recursive: true, force: true });
    const { outputs } = await bundleRuntime(OUTPUT);
    note(`${Object.keys(outputs).length} programs`);
  });
  await progress.step('reporter of broker metrics', copyReporter);
  await progress.step(RUNTIME_IMAGE, () => {
    docker('build', '--quiet', '--tag', RUNTIME_IMAGE, '.');
    return Promise.resolve();
  });
  return RUNTIME_IMAGE;
}

async function copyReporter(): Promise<void> {
  const jars = jarsIn(await metricsReporterJars(findJdk()));
  const directory = join(OUTPUT, REPORTER_FOLDER);
  mkdirSync(directory);
  for (const jar of jars) copyFileSync(jar, join(directory, basename(jar)));
}

function docker(...args: readonly string[]): void {
  try {
    execFileSync('docker', args, { stdio: 'pipe' });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT') {
      throw new UserError('docker is not in PATH; it builds the image.', 'install Docker, or a client like it');
    }
    const said = stderr?.toString().trim().replaceAll('\n', '\n  ') ?? '';
    throw new UserError(`docker could not build the image:\n  ${said}`, 'see its message above');
  }
}
