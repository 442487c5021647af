import { allOrProblems, throwProblems } from '../../validation/problems';
import type { SchemaCatalogue } from './definition';
import { loadCatalogues, missingTopics } from './load-catalogues';

/**
 * Catalogues as JSON, for programs that have no files beside them.
 * @param topics names of the topics that the platform has. @default they are not compared
 * @throws {ConfigError} with all that is wrong with the catalogues
 */
export function subjectsDocument(catalogues: readonly SchemaCatalogue[], topics?: readonly string[]): string {
  const [subjects] = allOrProblems([
    () => loadCatalogues(catalogues),
    () => throwProblems(topics === undefined ? [] : missingTopics(catalogues, topics)),
  ]);
  return `${JSON.stringify(subjects, null, 2)}\n`;
}
