import type { EventOf, EventVersions, NewestEvents } from '../../schemas/events';

/** Which version of its values a reader knows, where that is not the newest. */
export type ReaderVersions<T extends keyof EventVersions> = { readonly [K in T]?: keyof EventVersions[K] };

/** The type that a reader with these versions gets. */
export type ReadEvent<K extends keyof NewestEvents, V> = K extends keyof V
  ? V[K] extends keyof EventVersions[K]
    ? EventVersions[K][V[K]]
    : EventOf<K>
  : EventOf<K>;
