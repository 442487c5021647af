import { build, type Metafile } from 'esbuild';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const WORKLOADS = 'src/workloads';

/** Modules of this folder that are no programs. */
const SHARED = ['environment.ts', 'end-broker.ts'];

/** Programs of the runtime image, by the names of their files. */
export const RUNTIME_PROGRAMS = readdirSync(WORKLOADS)
  .filter((file) => !SHARED.includes(file))
  .map((file) => basename(file, '.ts'))
  .sort();

/**
 * One file for each program of the runtime image, with everything that it needs.
 * @returns what each of them is made of
 */
export async function bundleRuntime(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: RUNTIME_PROGRAMS.map((program) => join(WORKLOADS, `${program}.ts`)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}
