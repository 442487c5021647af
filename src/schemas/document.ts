import { checkSubjects } from './check';
import { loadSubjects } from './load';

/** The catalogue as JSON, for programs that have no files beside them. @throws {ConfigError} when it breaks its own levels */
export function subjectsDocument(): string {
  const subjects = loadSubjects();
  checkSubjects(subjects);
  return `${JSON.stringify(subjects, null, 2)}\n`;
}
