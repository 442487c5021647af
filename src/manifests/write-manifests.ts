import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../validation/user-error';
import { isRendered, wasRenderedFor } from './header';
import type { Files } from './rendered-files';

/** Rendered files by environment. */
export type Rendered = Readonly<Record<string, Files>>;

/** The changes that were made, as paths. */
export interface Written {
  /** All rendered files that now exist. */
  readonly rendered: readonly string[];
  /** Rendered files that were removed. */
  readonly removed: readonly string[];
}

/**
 * Writes the files of each environment to `<outdir>/<environment>`. Replaces and removes only files that synthesis
 * wrote earlier, including files of environments that are no longer rendered. Files are replaced atomically: each file
 * is complete at any moment.
 * @throws {UserError} before any change, if a file that synthesis did not write has the name of a file to be written
 */
export function writeManifests(outdir: string, rendered: Rendered): Written {
  const directories = Object.entries(rendered).map(([environment, files]) =>
    planDirectory(join(outdir, environment), environment, files),
  );
  refuseTaken(directories.flatMap(({ taken }) => taken));
  const changes = directories.flatMap(({ changes: own }) => own);
  const staged = changes.map(stage);
  for (const { from, to } of staged) renameSync(from, to);
  const former = formerDirectories(outdir, Object.keys(rendered));
  const removed = [...directories.flatMap(({ stale }) => stale), ...former.flatMap(({ stale }) => stale)];
  for (const path of removed) rmSync(path, { force: true });
  for (const { path } of former) if (readdirSync(path).length === 0) rmdirSync(path);
  return { rendered: directories.flatMap(({ paths }) => paths), removed };
}

interface Change {
  readonly directory: string;
  readonly name: string;
  readonly text: string;
}

interface DirectoryPlan {
  readonly paths: readonly string[];
  readonly changes: readonly Change[];
  readonly stale: readonly string[];
  /** Files not written by synthesis that have the name of a file to be written. */
  readonly taken: readonly string[];
}

function planDirectory(directory: string, environment: string, files: Files): DirectoryPlan {
  removeLeftOver(directory);
  const found = textsIn(directory);
  const isOurs = (name: string): boolean => isRendered({ environment, name, text: found.get(name) ?? '' });
  const path = (name: string): string => join(directory, name);
  const names = Object.keys(files);
  return {
    paths: names.map(path),
    changes: Object.entries(files).flatMap(([name, text]) =>
      found.get(name) === text ? [] : [{ directory, name, text }],
    ),
    stale: [...found.keys()].filter((name) => files[name] === undefined && isOurs(name)).map(path),
    taken: names.filter((name) => existsSync(path(name)) && !isOurs(name)).map(path),
  };
}

/** Directories of environments that are no longer rendered. The header of their files names the environment. */
function formerDirectories(outdir: string, current: readonly string[]) {
  return entries(outdir)
    .filter((entry) => entry.isDirectory() && !current.includes(entry.name))
    .map(({ name: environment }) => {
      const path = join(outdir, environment);
      const texts = [...textsIn(path)];
      const stale = texts.filter(([name, text]) => wasRenderedFor({ environment, name, text }));
      return { path, stale: stale.map(([name]) => join(path, name)) };
    })
    .filter(({ stale }) => stale.length > 0);
}

function refuseTaken(paths: readonly string[]): void {
  if (paths.length === 0) return;
  throw new UserError(
    `Synthesis must write to ${paths.join(', ')}, but did not write the existing content; nothing was written.`,
    'rename or remove it',
  );
}

/** Temporary file beside the final file, with a name that `kubectl apply` ignores. */
const STAGED = /^\.\d{4}-[a-z0-9-]+\.k8s\.yaml\.(\d+)\.new$/;

function stage({ directory, name, text }: Change): { readonly from: string; readonly to: string } {
  mkdirSync(directory, { recursive: true });
  const from = join(directory, `.${name}.${process.pid}.new`);
  writeFileSync(from, text, { flush: true });
  return { from, to: join(directory, name) };
}

/** Removes temporary files of a synthesis that was killed. */
function removeLeftOver(directory: string): void {
  for (const { name } of entries(directory)) {
    const pid = STAGED.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(directory, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const textsIn = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    entries(directory)
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')]),
  );

const entries = (directory: string) => (existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : []);
