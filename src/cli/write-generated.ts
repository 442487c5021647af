import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../validation/user-error';

export interface GeneratedFile {
  /** Path relative to the root of the project. */
  readonly path: string;
  /** The first line says that the file is generated. */
  readonly text: string;
}

/**
 * Replaces generated files atomically. @throws {UserError} before any file is written, if an existing file was not
 * generated
 */
export function writeGenerated(root: string, files: readonly GeneratedFile[]): void {
  const taken = files.filter(
    ({ path, text }) => existsSync(join(root, path)) && firstLine(root, path) !== lineOf(text),
  );
  if (taken.length > 0) {
    throw new UserError(
      `${taken.map(({ path }) => path).join(', ')} does not say in its first line that it is generated; nothing was written.`,
      'rename it, or delete it',
    );
  }
  for (const { path, text } of files) {
    writeFileSync(join(root, `${path}.new`), text);
    renameSync(join(root, `${path}.new`), join(root, path));
  }
}

const firstLine = (root: string, path: string): string => lineOf(readFileSync(join(root, path), 'utf8'));
const lineOf = (text: string): string => text.split('\n', 1)[0]?.trimEnd() ?? '';
