import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GUARD_IMAGE, guardImage } from '../src/components/kafka-cluster/guard/image';
import { RUNTIME_IMAGE } from '../src/kubernetes/runtime-image';
import type { Progress } from '../src/console/progress';
import { UserError } from '../src/validation/user-error';
import { jarsIn, metricsReporterJars } from '../src/local/class-path';
import { findJdk } from '../src/processes/jdk';
import { REPORTER_FOLDER } from '../src/kubernetes/runtime-layout';
import { exampleImages } from '../platform/with-examples';
import type { ProgramImage } from '../src/platform/add-on';
import { bundlePrograms, bundleRuntime } from './bundle-runtime';
import { GUARD_DOCKERFILE, guardImageTag } from './guard-image-tag';

const OUTPUT = 'dist/runtime';
const GUARD_OUTPUT = 'dist/guard';
const DOCKERFILE = 'Dockerfile';

/** Names of the images of the platform and its examples, and of further ones. */
export const imageNames = (more: readonly ProgramImage[] = []): readonly string[] => [
  GUARD_IMAGE,
  RUNTIME_IMAGE,
  ...[...exampleImages, ...more].map(({ name }) => name),
];

/** Bundles and builds the guard's image, the runtime image, those of the examples, and further ones. @returns their names */
export async function buildImages(progress: Progress, more: readonly ProgramImage[] = []): Promise<readonly string[]> {
  await buildGuardImage(progress);
  await buildRuntimeImage(progress);
  for (const image of [...exampleImages, ...more]) await buildProgramImage(image, progress);
  return imageNames(more);
}

/** @throws {UserError} if the image would have another tag than manifests name */
async function buildGuardImage(progress: Progress): Promise<void> {
  await progress.step('guard bundled', async () => {
    rmSync(GUARD_OUTPUT, { recursive: true, force: true });
    const built = guardImage(await guardImageTag(GUARD_OUTPUT));
    if (built === GUARD_IMAGE) return;
    throw new UserError(
      `What is in the guard's image has changed: it is ${built} now, and manifests name ${GUARD_IMAGE}.`,
      'run npm run guard-image-tag, then npm run synth',
    );
  });
  await progress.step('reporter of broker metrics', copyReporter);
  await build({ name: GUARD_IMAGE, dockerfile: GUARD_DOCKERFILE }, progress);
}

async function buildRuntimeImage(progress: Progress): Promise<void> {
  await progress.step('programs bundled', async (note) => {
    rmSync(OUTPUT, { recursive: true, force: true });
    const { outputs } = await bundleRuntime(OUTPUT);
    note(`${Object.keys(outputs).length} programs`);
  });
  await build({ name: RUNTIME_IMAGE, dockerfile: DOCKERFILE }, progress);
}

/** Directory of an image's bundled programs. */
export const programsOutput = ({ programs }: Pick<ProgramImage, 'programs'>): string => join('dist', dirname(programs));

async function buildProgramImage(image: ProgramImage, progress: Progress): Promise<void> {
  const outdir = programsOutput(image);
  await progress.step(`programs of ${dirname(image.programs)} bundled`, async (note) => {
    rmSync(outdir, { recursive: true, force: true });
    const { outputs } = await bundlePrograms({ folder: image.programs, outdir });
    note(`${Object.keys(outputs).length} programs`);
  });
  await build(image, progress);
}

const build = ({ name, dockerfile }: Pick<ProgramImage, 'name' | 'dockerfile'>, progress: Progress): Promise<void> =>
  progress.step(name, () => {
    docker('build', '--quiet', '--file', dockerfile, '--tag', name, '.');
    return Promise.resolve();
  });

async function copyReporter(): Promise<void> {
  const jars = jarsIn(await metricsReporterJars(findJdk()));
  const directory = join(GUARD_OUTPUT, REPORTER_FOLDER);
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
    throw new UserError(`docker could not build the image:\n  ${said}`);
  }
}
