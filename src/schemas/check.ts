import { ConfigError, type Problem } from '../config/problems';
import { incompatibilities } from './compatibility';
import type { Compatibility, Subject } from './subject';

const ALLOWED: Readonly<Record<Compatibility, string>> = {
  BACKWARD: 'new fields with a default, removed fields, wider numbers',
  BACKWARD_TRANSITIVE: 'new fields with a default, removed fields, wider numbers',
  FORWARD: 'new fields, removed fields that had a default, narrower numbers',
  FORWARD_TRANSITIVE: 'new fields, removed fields that had a default, narrower numbers',
  FULL: 'fields with a default, added or removed',
  FULL_TRANSITIVE: 'fields with a default, added or removed',
  NONE: 'anything',
};

/**
 * Holds the versions of each subject against its level, without a registry.
 * @throws {ConfigError} with every version that breaks it and the field that does
 */
export function checkSubjects(subjects: readonly Subject[]): void {
  const problems = subjects.flatMap(problemsOf);
  if (problems.length > 0) throw new ConfigError('the catalogue of schemas', problems, 'nothing was registered');
}

const problemsOf = (definition: Subject): readonly Problem[] =>
  incompatibilities(definition).map(({ version, against, reason, fix }) => ({
    path: `${definition.subject} compatibility`,
    value: definition.compatibility,
    message: `version ${version} breaks it with version ${against}: ${reason}`,
    allowed: ALLOWED[definition.compatibility],
    fix,
  }));
