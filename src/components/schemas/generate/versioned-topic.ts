import type { SchemaCatalogue } from '../definition';
import { loadSubjects } from '../load';
import { valueSubject, type AvroSchema } from '../../../avro/subject';

/** A topic with the schemas of its values. */
export interface VersionedTopic {
  readonly topic: string;
  /** Oldest first; the first is version 1. */
  readonly versions: readonly AvroSchema[];
}

/** Reads the schema files of a catalogue. @throws {ConfigError} with the problems of all files */
export function versionedTopics(catalogue: SchemaCatalogue): readonly VersionedTopic[] {
  const subjects = new Map(loadSubjects(catalogue).map(({ subject, versions }) => [subject, versions]));
  return catalogue.definitions.map(({ topic }) => ({ topic, versions: subjects.get(valueSubject(topic)) ?? [] }));
}
