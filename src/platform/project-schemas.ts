import type { Subject } from '../avro/subject';
import { loadSubjects } from '../components/schemas/load';
import { missingTopics, sharedTopics } from '../components/schemas/load-catalogues';
import { allOrProblems, throwProblems, type Problem } from '../validation/problems';
import { environmentNames, schemasOf, type Project } from './project';

/**
 * The subjects that the registries of some environments get, each catalogue once.
 * @param names of the environments. @default all
 * @throws {ConfigError} with everything that is wrong with the schemas of any of them
 */
export function subjectsOf(project: Project, names = environmentNames(project)): readonly Subject[] {
  const catalogues = new Set(names.flatMap((name) => schemasOf(project, name)));
  const [subjects] = allOrProblems([
    () => allOrProblems([...catalogues].map((catalogue) => () => loadSubjects(catalogue))).flat(),
    () => throwProblems(distinct(names.flatMap((name) => sharedTopics(schemasOf(project, name))))),
    () => throwProblems(withoutTopics(project, names)),
  ]);
  return subjects;
}

/** Schemas of topics that an environment does not have; each once, with the environments. */
function withoutTopics(project: Project, names: readonly string[]): readonly Problem[] {
  const { environments } = project.definition;
  const found = names.flatMap((name) =>
    missingTopics(schemasOf(project, name), topicNames(environments[name])).map((problem) => ({ name, problem })),
  );
  return distinct(found.map(({ problem: { file, path } }) => ({ file, path }))).flatMap((place) => {
    const same = found.filter(({ problem }) => problem.file === place.file && problem.path === place.path);
    const [first] = same;
    if (first === undefined) return [];
    const having = same.map(({ name }) => name);
    return having.length === environmentNames(project).length
      ? first.problem
      : { ...first.problem, environments: having };
  });
}

/** Also of a configuration that has other problems. */
function topicNames(configuration: unknown): readonly string[] {
  const topics = fieldOf(configuration, 'topics');
  return (Array.isArray(topics) ? topics : []).map((topic) => fieldOf(topic, 'name')).filter(isText);
}

const isText = (value: unknown): value is string => typeof value === 'string';

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;

const distinct = <T>(values: readonly T[]): readonly T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];
