import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nameHash } from '../src/kubernetes/content-hash';
import { METRICS_REPORTER } from '../src/local/class-path';
import { bundleGuard } from './bundle-runtime';

export const GUARD_DOCKERFILE = 'Dockerfile.guard';

/**
 * The tag of the guard's image: a hash of its bundled programs, its Dockerfile, and the release of the metrics reporter.
 * @param outdir directory that the programs are bundled into
 */
export async function guardImageTag(outdir: string): Promise<string> {
  await bundleGuard(outdir);
  const programs = readdirSync(outdir).filter((file) => file.endsWith('.js'));
  return nameHash({
    ...Object.fromEntries(programs.map((file) => [file, readFileSync(join(outdir, file), 'utf8')])),
    [GUARD_DOCKERFILE]: readFileSync(GUARD_DOCKERFILE, 'utf8'),
    reporter: METRICS_REPORTER,
  });
}
