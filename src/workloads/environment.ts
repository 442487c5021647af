import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../validation/user-error';
import { PARTS_ENDING, documentHash, partName, type PartsIndex } from '../kubernetes/document-parts';

/** The value of an environment variable. @throws {UserError} if it is not set */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new UserError(`The variable ${name} is not set.`, 'run this program in the pod that the manifests define');
  }
  return value;
}

/**
 * Reads a JSON file whose path is in an environment variable; the file may be split into parts. @throws {UserError} if
 * it cannot be read
 */
export function jsonFile(variable: string): unknown {
  const path = required(variable);
  try {
    return JSON.parse(wholeDocument(path));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${variable}=${path} cannot be read: ${(error as Error).message}`,
      'mount the ConfigMap at this path',
    );
  }
}

function wholeDocument(path: string): string {
  const index = `${path}${PARTS_ENDING}`;
  if (!existsSync(index)) return readFileSync(path, 'utf8');
  const { count, hash } = JSON.parse(readFileSync(index, 'utf8')) as PartsIndex;
  const names = Array.from({ length: count }, (_, at) => partName(path, at + 1));
  const missing = names.filter((name) => !existsSync(name));
  const text = missing.length === 0 ? names.map((name) => readFileSync(name, 'utf8')).join('') : '';
  if (documentHash(text) === hash) return text;
  const found = missing.length === 0 ? 'its parts belong to different releases' : `there is no ${missing.join(', ')}`;
  throw new UserError(`${path} is not whole: ${found}.`, 'apply all manifests, then run this again');
}
