import type { Compatibility } from '../../avro/subject';

/**
 * A file of the catalogue's directory. Its schema may use types that other files define; they are inlined into the
 * registered schema. If several files define a type differently, `references` says which definition is used.
 */
export type VersionDefinition = string | { readonly file: string; readonly references: readonly string[] };

/** The schemas of a topic's values, as written in a catalogue. */
export interface SubjectDefinition<T extends string = string> {
  /** Topic of the values; the subject is `<topic>-value`. */
  readonly topic: T;
  /** Compatibility level. Each version is checked against it before it is registered. */
  readonly compatibility: Compatibility;
  /**
   * The versions, oldest first. Registered versions stay in the list, because records written with them may still
   * exist.
   */
  readonly versions: readonly VersionDefinition[];
}

/** The schemas of a project, and the location of their files. */
export interface SchemaCatalogue {
  /**
   * The file that contains the definitions, as problems name it: a path relative to the root of the project. Generated
   * files are written next to it.
   */
  readonly file: string;
  /** The directory of the Avro schema files, next to that file. */
  readonly directory: string;
  /** The subjects. */
  readonly definitions: readonly SubjectDefinition[];
}
