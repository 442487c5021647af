/** Levels of the Confluent API; `_TRANSITIVE` holds against all earlier versions, the others against the previous one. */
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

/** A subject with its schemas read: what everything but the loader works on, and what a Job gets as JSON. */
export interface Subject {
  readonly subject: string;
  readonly compatibility: Compatibility;
  /** Oldest first; the first is version 1. */
  readonly versions: readonly AvroSchema[];
}

/** The subject of a topic's values (Confluent's TopicNameStrategy). */
export const valueSubject = (topic: string): string => `${topic}-value`;
