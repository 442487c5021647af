import { listed, nearestName } from '../../validation/nearest-name';
import { allOrProblems, throwProblems, type Problem } from '../../validation/problems';
import type { Subject } from '../../avro/subject';
import type { SchemaCatalogue } from './definition';
import { loadSubjects } from './load';

/**
 * The subjects of several catalogues in order.
 * @throws {ConfigError} with all problems, including topics that are in two catalogues
 */
export function loadCatalogues(catalogues: readonly SchemaCatalogue[]): readonly Subject[] {
  const [subjects] = allOrProblems([
    () => allOrProblems(catalogues.map((catalogue) => () => loadSubjects(catalogue))).flat(),
    () => throwProblems(sharedTopics(catalogues)),
  ]);
  return subjects;
}

/** Topics that several of the catalogues have. */
export const sharedTopics = (catalogues: readonly SchemaCatalogue[]): readonly Problem[] =>
  catalogues.flatMap(({ file, definitions }, index) => {
    const before = catalogues.slice(0, index);
    return definitions.flatMap(({ topic }) => {
      const other = before.find((one) => one.definitions.some((definition) => definition.topic === topic));
      if (other === undefined) return [];
      return [
        {
          file,
          path: topic,
          value: topic,
          message: `${other.file} has this topic, too`,
          allowed: 'one subject for each topic',
          fix: 'put all versions into one of them',
        },
      ];
    });
  });

/**
 * Topics of catalogues that are none of a platform's: nothing could be written with their schemas.
 * @param topics names of those that it has
 */
export const missingTopics = (catalogues: readonly SchemaCatalogue[], topics: readonly string[]): readonly Problem[] =>
  catalogues.flatMap(({ file, definitions }) =>
    definitions
      .filter(({ topic }) => !topics.includes(topic))
      .map(({ topic }) => {
        const nearest = nearestName(topic, topics);
        return {
          file,
          path: topic,
          value: topic,
          message: 'there is no such topic: nothing could be written with its schemas',
          allowed: topics.length === 0 ? 'none: there are no topics' : listed(topics),
          fix: `${nearest === undefined ? '' : `write ${nearest}, or `}add the topic to topics, or remove its schemas`,
        };
      }),
  );
