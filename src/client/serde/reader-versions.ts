import type { EventAt, EventSchemas, EventTopic, NewestEvent, VersionOf } from '../catalogue';

/** The schema version that a reader uses, for topics where it is not the newest. */
export type ReaderVersions<S extends EventSchemas, T extends EventTopic<S>> = {
  readonly [K in T]?: VersionOf<S, K>;
};

/** The type of a value for a reader with these versions. */
export type ReadEvent<S extends EventSchemas, K extends EventTopic<S>, V> = [keyof V] extends [never]
  ? NewestEvent<S, K>
  : K extends keyof V
    ? V[K] extends VersionOf<S, K>
      ? EventAt<S, K, V[K]>
      : NewestEvent<S, K>
    : NewestEvent<S, K>;
