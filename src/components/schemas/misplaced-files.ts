import { basename, dirname, relative, resolve } from 'node:path';
import type { Problem } from '../../validation/problems';
import type { SchemaCatalogue } from './definition';
import { schemasBelow } from './schema-files';

/** Schemas beside the file of the catalogue, outside of its directory: nothing reads them. */
export function misplacedFiles({ file, directory }: SchemaCatalogue): readonly Problem[] {
  const folder = dirname(resolve(file));
  const own = resolve(directory);
  // The whole project is none of a catalogue's folders.
  if (dirname(own) !== folder || folder === resolve('')) return [];
  const shown = relative('', own);
  return schemasBelow(folder)
    .filter((name) => !name.startsWith(`${basename(own)}/`))
    .map((name) => ({
      path: name,
      file: relative('', folder),
      value: name,
      message: `schemas are read from ${shown} alone, so that this one would never be registered`,
      allowed: `files in ${shown}`,
      fix: `move it to ${shown} and enter it in ${file}, or delete it`,
    }));
}
