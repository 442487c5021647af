import { build, type Metafile } from 'esbuild';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const WORKLOADS = 'src/workloads';

/** Modules of the workloads that are not programs. */
const SHARED = ['end-broker', 'environment', 'guard-settings', 'mounted-config'];

/** Programs of a folder, by file name. */
export const programsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .map((file) => basename(file, '.ts'))
    .sort();

/** Programs of the guard's image. */
export const GUARD_PROGRAMS = ['describe', 'guard'];

/** Programs of the runtime image. */
export const RUNTIME_PROGRAMS = programsIn(WORKLOADS).filter((name) => ![...SHARED, ...GUARD_PROGRAMS].includes(name));

interface BundleProps {
  /** Folder of the programs. */
  readonly folder: string;
  /** Names of the programs; @default all programs of the folder */
  readonly programs?: readonly string[];
  readonly outdir: string;
}

/**
 * Bundles each program with its dependencies into one file.
 * @returns the inputs of each bundle
 */
export async function bundlePrograms({
  folder,
  programs = programsIn(folder),
  outdir,
}: BundleProps): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: programs.map((program) => join(folder, `${program}.ts`)),
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

/** Bundles the programs of the guard's image. */
export const bundleGuard = (outdir: string): Promise<Metafile> =>
  bundlePrograms({ folder: WORKLOADS, programs: GUARD_PROGRAMS, outdir });

/** Bundles the programs of the runtime image. */
export const bundleRuntime = (outdir: string): Promise<Metafile> =>
  bundlePrograms({ folder: WORKLOADS, programs: RUNTIME_PROGRAMS, outdir });
