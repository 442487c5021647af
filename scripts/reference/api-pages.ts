import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/validation/user-error';

/** Runs typedoc as a program: a script that is not an ES module would load typedoc and its plugin twice. */
const PROGRAM = 'node_modules/typedoc/bin/typedoc';

/**
 * Uses the entries of the package and its tsconfig, so that topics of this project are not part of the API. Types are
 * not checked here, because lint checks them.
 */
const OPTIONS = 'scripts/reference/typedoc.json';

/** The public API of the package, one page for each entry: file names below the reference, and texts. */
export function apiPages(): readonly (readonly [name: string, text: string])[] {
  const directory = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const args = [PROGRAM, '--options', OPTIONS, '--out', directory];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new UserError(`typedoc cannot read the sources:\n${stdout}${stderr}`, 'npm run lint');
    const names = readdirSync(directory).filter((name) => name.endsWith('.md'));
    return names.map((name) => [`api/${name}`, readFileSync(join(directory, name), 'utf8')]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
