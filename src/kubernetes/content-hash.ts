import { createHash } from 'node:crypto';

/** A hash of named texts. It changes when a text changes and does not depend on their order. */
export function contentHash(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(files).sort()) hash.update(JSON.stringify([name, files[name]]));
  return hash.digest('hex').slice(0, 32);
}

const NAME_LENGTH = 10;

/** That hash for the name of an object that is replaced, and never changed, when its contents change. */
export const nameHash = (files: Readonly<Record<string, string>>): string => contentHash(files).slice(0, NAME_LENGTH);
