import { liveSubjects, withModes } from './live-subjects';
import { planSchemas, type Step } from './plan';
import type { RegistryClient } from '../../registry-client/registry-client';
import { valueSubject, type Subject } from '../../avro/subject';

/** The subjects of a catalogue, and the registry that they are compared with. */
export interface SchemaTarget {
  readonly registry: RegistryClient;
  readonly subjects: readonly Subject[];
  /**
   * Names of the catalogue's topics. Subjects of these topics that are missing in the catalogue are reported. @default
   * the topics of the subjects
   */
  readonly topics?: readonly string[];
}

/**
 * Reads the registry and plans the changes, without changing anything.
 * @throws {UserError} immediately if the registry does not answer
 */
export async function readPlan({ registry, subjects, topics }: SchemaTarget): Promise<readonly Step[]> {
  const names = subjects.map(({ subject }) => subject);
  const all = await registry.subjects();
  const mode = await registry.mode?.();
  const live = await withModes(registry, await liveSubjects(registry, names), mode);
  return planSchemas({
    desired: subjects,
    live,
    all,
    topics: topics ?? topicsOf(names),
    ...(mode !== undefined && { mode }),
  });
}

const topicsOf = (subjects: readonly string[]): readonly string[] => {
  const suffix = valueSubject('');
  return subjects.map((subject) => (subject.endsWith(suffix) ? subject.slice(0, -suffix.length) : subject));
};
