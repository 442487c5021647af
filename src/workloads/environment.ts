import { readFileSync } from 'node:fs';
import { parseConfig, type Platform } from '../config/load';
import { UserError } from '../console/user-error';
import { parseSubjects } from '../schemas/parse-subjects';
import type { Subject } from '../schemas/subject';

/** A variable of the process environment. @throws {UserError} when it is not set */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new UserError(`The variable ${name} is not set.`, 'run this in the pod that the manifests describe');
  }
  return value;
}

/** A JSON file that a variable names. @throws {UserError} when it cannot be read */
export function jsonFile(variable: string): unknown {
  const path = required(variable);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${variable}=${path} cannot be read: ${(error as Error).message}`, 'mount the ConfigMap there');
  }
}

/** The configuration that was mounted, checked anew: it may come from another release than this image. */
export const mountedConfig = (): Platform => parseConfig(jsonFile('PLATFORM_CONFIG'), required('PLATFORM_CONFIG'));

/** The catalogue of schemas that was mounted, checked anew for the same reason. */
export const mountedSubjects = (): readonly Subject[] =>
  parseSubjects(jsonFile('PLATFORM_SCHEMAS'), required('PLATFORM_SCHEMAS'));
