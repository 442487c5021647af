/**
 * Compatibility levels of the Confluent API. Levels with `_TRANSITIVE` apply to all earlier versions, the others to the
 * previous version.
 */
export const COMPATIBILITIES = [
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
  'NONE',
] as const;

export type Compatibility = (typeof COMPATIBILITIES)[number];

/** An Avro schema as JSON: a name, a union, or an object with a `type`. */
export type AvroSchema = string | readonly AvroSchema[] | { readonly [attribute: string]: unknown };

/** A subject with its parsed schemas: the input of everything except the loader, and the JSON that a Job gets. */
export interface Subject {
  readonly subject: string;
  readonly compatibility: Compatibility;
  /** Versions, oldest first; the first is version 1. */
  readonly versions: readonly AvroSchema[];
}

/** The subject of a topic's values (Confluent's TopicNameStrategy). */
export const valueSubject = (topic: string): string => `${topic}-value`;

/**
 * Whether a subject belongs to this topic according to Confluent's naming strategies: for its keys or values, or for
 * records of the topic.
 */
export function isSubjectOf(subject: string, topic: string): boolean {
  if (!subject.startsWith(`${topic}-`)) return false;
  return /^(key|value|\w+(\.\w+)+)$/.test(subject.slice(topic.length + 1));
}
