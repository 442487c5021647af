import { readFileSync } from 'node:fs';
import { UserError } from '../validation/user-error';
import { messageOf } from '../validation/message-of';
import type { TextSource } from './connection';

/**
 * Reads what a connection needs, as it is now.
 * @param what for messages, such as `the password of orders-api`
 * @throws {UserError} if a file cannot be read
 */
export function readText(source: TextSource, what: string): string {
  if (typeof source === 'function') return source();
  try {
    return readFileSync(source.file, 'utf8');
  } catch (error) {
    throw new UserError(`${what} cannot be read: ${messageOf(error)}.`, 'check the path and who may read the file');
  }
}

/** Reads a password: a line break at the end of a file is not part of it. */
export const readPassword = (source: TextSource, username: string): string =>
  readText(source, `the password of ${username}`).replace(/\r?\n$/, '');

/** The file that other programs read themselves. @throws if the text comes from a function */
export function fileOf(source: TextSource): string {
  if (typeof source === 'function') throw new Error('other programs read certificates and passwords from files');
  return source.file;
}
