import { schemaCatalogue } from '../catalogue';
import { loadSubjects } from '../load';
import { valueSubject, type AvroSchema } from '../subject';

/** A topic with the schemas of its values. */
export interface VersionedTopic {
  readonly topic: string;
  /** Oldest first; the first is version 1. */
  readonly versions: readonly AvroSchema[];
}

/** The catalogue with its files read. @throws {ConfigError} with the problems of all files */
export function versionedTopics(): readonly VersionedTopic[] {
  const subjects = new Map(loadSubjects().map(({ subject, versions }) => [subject, versions]));
  return schemaCatalogue.map(({ topic }) => ({ topic, versions: subjects.get(valueSubject(topic)) ?? [] }));
}
