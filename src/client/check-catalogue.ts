import { nearestName } from '../validation/nearest-name';
import type { Catalogue } from './catalogue';
import { FatalError } from './errors';
import { topicProblem } from './producer/encodable';

/** For callers without type checking. @throws {FatalError} that names all problems of the catalogue */
export function checkCatalogue({ topics, schemas = {}, retryChains = {} }: Catalogue): void {
  const names = topics.map(({ name }) => name);
  const unknown = (path: string, topic: string): readonly string[] => {
    if (names.includes(topic)) return [];
    const nearest = nearestName(topic, names);
    return [
      `${path} = ${topic}: allowed are the names in topics${nearest === undefined ? '' : `; fix: did you mean ${nearest}?`}`,
    ];
  };
  const problems = [
    ...names.flatMap(
      (name, index) => topicProblem(name) ?? (names.indexOf(name) < index ? `topics: ${name} is there twice` : []),
    ),
    ...Object.keys(schemas).flatMap((topic) => unknown('schemas', topic)),
    ...Object.entries(retryChains).flatMap(([name, { topic }]) => unknown(`retryChains.${name}.topic`, topic)),
  ];
  if (problems.length > 0)
    throw new FatalError(`The catalogue of the clients has problems:\n  ${problems.join('\n  ')}`);
}
