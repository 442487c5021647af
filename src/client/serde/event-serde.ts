import { eventSchemas } from '../../schemas/event-schemas';
import type { EventOf } from '../../schemas/events';
import { registryClient, type RegistryClient } from '../../schemas/registry-client';
import { valueSubject, type AvroSchema } from '../../schemas/subject';
import { FatalError } from '../consumer/errors';
import type { Encoded, EventTopic } from '../encoded';
import { PATIENCE_MS, patiently } from '../patiently';
import type { ReaderVersions, ReadEvent } from './reader-versions';
import { registryFailure } from './registry-failure';
import { TopicReader } from './topic-reader';
import { TopicWriter } from './topic-writer';
import { WriterSchemas } from './writer-schemas';

const UNKNOWN_ID_MS = 30_000;
const REGISTRY_TIMEOUT_MS = 5_000;

interface OpenProps<T extends EventTopic, V extends ReaderVersions<T>> {
  /** Address of the registry, with its base path. */
  readonly registry: string;
  /** Whose values are read or written. */
  readonly topics: readonly T[];
  /** Versions to read by, for an application that does not know the newest yet. @default the newest of each topic */
  readonly readerVersions?: V;
  /** How long opening waits for a registry that is away, in milliseconds. @default a minute */
  readonly withinMs?: number;
  /** How long one answer of the registry may take, in milliseconds. @default 5 s */
  readonly registryTimeoutMs?: number;
  /** For how long an id that the registry does not have is not asked for again, in milliseconds. @default 30 s */
  readonly unknownIdMs?: number;
}

interface Parts {
  readonly writers: ReadonlyMap<EventTopic, TopicWriter>;
  readonly readers: ReadonlyMap<EventTopic, TopicReader>;
}

/**
 * Turns events into the bytes of records and back, in Confluent's wire format. It writes by the newest schema of each
 * topic, which must be registered: it never registers anything. It reads what any registered schema wrote.
 */
export class EventSerde<T extends EventTopic, V extends ReaderVersions<T> = object> {
  private constructor(private readonly parts: Parts) {}

  /**
   * Asks for the ids of the schemas that it writes by.
   * @throws {FatalError} when one is not registered, or the registry refuses to answer
   * @throws {RetriableError} when the registry is still away at the end of the time
   */
  static async open<T extends EventTopic, const V extends ReaderVersions<T> = object>(
    props: OpenProps<T, V>,
  ): Promise<EventSerde<T, V>> {
    const { topics, registry: url, withinMs = PATIENCE_MS, unknownIdMs = UNKNOWN_ID_MS } = props;
    const registry = registryClient({ url, timeoutMs: props.registryTimeoutMs ?? REGISTRY_TIMEOUT_MS });
    const schemas = new WriterSchemas(registry, unknownIdMs);
    const readers = new Map(topics.map((topic) => [topic, new TopicReader(topic, readBy(topic, props), schemas)]));
    const ids = await registeredIds(registry, topics, withinMs);
    const writers = ids.map(({ topic, id }) => {
      const schema = newest(topic);
      schemas.put(id, schema);
      return [topic, new TopicWriter({ topic, id, schema })] as const;
    });
    return new EventSerde<T, V>({ readers, writers: new Map(writers) });
  }

  /** @throws {PermanentError} with the path of the first field that does not fit the schema, and without its value */
  encode<K extends T>(topic: K, event: EventOf<NoInfer<K>>): Encoded<K> {
    return known(topic, this.parts.writers).encode(event) as Encoded<K>;
  }

  /**
   * Synchronous once the writer's schema is known. Neither error quotes the value.
   * @throws {PermanentError} when the bytes, or their absence, are no event of the topic
   * @throws {RetriableError} while the registry is away and the writer's schema is not known yet
   */
  decode<K extends T>(topic: K, bytes: Buffer | null): ReadEvent<K, V> | Promise<ReadEvent<K, V>> {
    return known(topic, this.parts.readers).decode(bytes) as ReadEvent<K, V> | Promise<ReadEvent<K, V>>;
  }
}

/** The id of each topic's newest schema. */
async function registeredIds(registry: RegistryClient, topics: readonly EventTopic[], withinMs: number) {
  const ask = (topic: EventTopic): Promise<number | undefined> =>
    registry.idOf(valueSubject(topic), newest(topic)).catch((error: unknown) => {
      throw registryFailure(error);
    });
  const asked = topics.map(async (topic) => ({ topic, id: await patiently(() => ask(topic), withinMs) }));
  const ids = await Promise.all(asked);
  const missing = ids.filter(({ id }) => id === undefined).map(({ topic }) => topic);
  if (missing.length === 0) return ids as readonly { readonly topic: EventTopic; readonly id: number }[];
  const lacking = missing.map((topic) => `${valueSubject(topic)} version ${eventSchemas[topic].length}`);
  throw new FatalError(
    `The registry does not have what is written by: ${lacking.join(', ')}\n  fix: register it with \`npm run schemas -- apply\``,
  );
}

const newest = (topic: EventTopic): AvroSchema => versionOf(topic, eventSchemas[topic].length);

const readBy = <T extends EventTopic>(
  topic: T,
  { readerVersions }: { readonly readerVersions?: ReaderVersions<T> },
): AvroSchema => versionOf(topic, Number(readerVersions?.[topic] ?? eventSchemas[topic].length));

function versionOf(topic: EventTopic, version: number): AvroSchema {
  const versions = eventSchemas[topic];
  const schema = versions[version - 1];
  if (schema !== undefined) return schema;
  throw new FatalError(`${topic} has no version ${version}: there are 1 to ${versions.length}`);
}

function known<P>(topic: EventTopic, parts: ReadonlyMap<EventTopic, P>): P {
  const part = parts.get(topic);
  if (part !== undefined) return part;
  throw new FatalError(`${topic} is none of the topics that the serde was opened for: ${[...parts.keys()].join(', ')}`);
}
