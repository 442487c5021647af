import type { EventSchemas, EventTopic, NewestEvent } from '../catalogue';
import { registryClient, type RegistryClient } from '../../registry-client/registry-client';
import { valueSubject, type AvroSchema } from '../../avro/subject';
import { FatalError } from '../errors';
import type { Encoded } from '../encoded';
import type { EventHeaders } from '../producer/record';
import { RETRY_FOR_MS, withRetries } from '../with-retries';
import { printNotice, type NoticeListener } from '../notices';
import { eventKind } from './event-kind';
import { reportingRegistry, type Report } from './reporting-registry';
import type { ReaderVersions, ReadEvent } from './reader-versions';
import { registryFailure } from './registry-failure';
import { TopicReader } from './topic-reader';
import { TopicVersions } from './topic-versions';
import { TopicWriter } from './topic-writer';
import { WriterSchemas } from './writer-schemas';
import { commandLine } from '../../validation/command-line';

const UNKNOWN_ID_MS = 30_000;
const REGISTRY_TIMEOUT_MS = 5_000;

export interface OpenProps<S extends EventSchemas, T extends EventTopic<S>, V extends ReaderVersions<S, T>> {
  /** URL of the registry including its base path. */
  readonly registry: string;
  /** Topics whose values are read or written. */
  readonly topics: readonly T[];
  /**
   * Schemas of each topic's values, oldest first; values are written with the last one. `npm run schemas -- types`
   * generates them.
   */
  readonly schemas: S;
  /**
   * Schema versions for reading, for an application that does not know the newest version yet. @default the newest
   * version of each topic
   */
  readonly readerVersions?: V;
  /** How long `open` waits for an unavailable registry, in milliseconds. @default 1 minute */
  readonly withinMs?: number;
  /** Timeout of one registry request, in milliseconds. @default 5 s */
  readonly registryTimeoutMs?: number;
  /**
   * How long a negative answer of the registry is cached, in milliseconds: an unknown id, or an id that belongs to
   * other subjects. @default 30 s
   */
  readonly unknownIdMs?: number;
  /** Told when opening waits for the registry; what it throws ends opening. @default a line to standard error */
  readonly onNotice?: NoticeListener;
}

interface Parts {
  readonly versions: ReadonlyMap<string, TopicVersions>;
  readonly writers: ReadonlyMap<string, TopicWriter>;
  readonly readers: ReadonlyMap<string, TopicReader>;
}

/**
 * Converts events to the bytes of records and back, in Confluent's wire format. It writes with the newest schema of
 * each topic, which must be registered; it never registers schemas. It reads values written with any registered schema.
 */
export class EventSerde<S extends EventSchemas, T extends EventTopic<S>, V extends ReaderVersions<S, T> = object> {
  private constructor(private readonly parts: Parts) {}

  /**
   * Opens a serde and looks up the ids of the schemas for writing.
   * @throws {FatalError} if a schema is not registered, or the registry rejects the request
   * @throws {RetriableError} if the registry is still unavailable after the time limit
   */
  static async open<
    const S extends EventSchemas,
    T extends EventTopic<S>,
    const V extends ReaderVersions<S, T> = object,
  >(props: OpenProps<S, T, V>): Promise<EventSerde<S, T, V>> {
    const { topics, registry: url, withinMs = RETRY_FOR_MS, unknownIdMs = UNKNOWN_ID_MS } = props;
    const versions = TopicVersions.ofEach(topics, props.schemas);
    const registry = registryClient({ url, timeoutMs: props.registryTimeoutMs ?? REGISTRY_TIMEOUT_MS });
    const known = new WriterSchemas(registry, unknownIdMs);
    const readers = versions.map(
      (each) => [each.topic, new TopicReader(each.topic, readBy(each, props.readerVersions), known)] as const,
    );
    const report = reportingRegistry(url, props.onNotice ?? printNotice);
    const ids = await registeredIds({ registry, versions, withinMs, report });
    const writers = ids.map(({ id, topic, newest: schema, count: version }) => {
      known.put(id, schema, { subject: valueSubject(topic), version });
      return [topic, new TopicWriter({ topic, id, schema })] as const;
    });
    return new EventSerde<S, T, V>({
      versions: new Map(versions.map((each) => [each.topic, each])),
      readers: new Map(readers),
      writers: new Map(writers),
    });
  }

  /** @throws {PermanentError} with the path of the first field that does not match the schema, and without its value */
  encode<K extends T>(topic: K, event: NewestEvent<S, NoInfer<K>>): Encoded<K> {
    return known(topic, this.parts.writers).encode(event) as Encoded<K>;
  }

  /** Header values for an event: its name and the version of its schema. */
  kind(topic: T): Pick<EventHeaders, 'type' | 'version'> {
    return eventKind(known(topic, this.parts.versions).all);
  }

  /**
   * Decodes a value. Synchronous once the writer's schema is known. Errors do not contain the value.
   * @throws {PermanentError} if there are no bytes, or the bytes are not an event of the topic; also if their schema is
   * not a version of the topic's subject and cannot be read, or the registry has no schema of their id
   * @throws {OutageError} while the registry is unavailable and the writer's schema is not known yet, or while a
   * reference of the schema is missing
   * @throws {FatalError} if a version of the topic's subject cannot be read, which would affect all its records
   */
  decode<K extends T>(topic: K, bytes: Buffer | null): ReadEvent<S, K, V> | Promise<ReadEvent<S, K, V>> {
    return known(topic, this.parts.readers).decode(bytes) as ReadEvent<S, K, V> | Promise<ReadEvent<S, K, V>>;
  }
}

interface RegisteredProps {
  readonly registry: RegistryClient;
  readonly versions: readonly TopicVersions[];
  readonly withinMs: number;
  readonly report: Report;
}

type Registered = Pick<TopicVersions, 'topic' | 'newest' | 'count'> & { readonly id: number };

/** Each topic's newest schema with its id. */
async function registeredIds({
  registry,
  versions,
  withinMs,
  report,
}: RegisteredProps): Promise<readonly Registered[]> {
  const ask = ({ topic, newest }: TopicVersions): Promise<number | undefined> =>
    report(registry.idOf(valueSubject(topic), newest)).catch((error: unknown) => {
      throw registryFailure(error);
    });
  const asked = versions.map(async (each) => {
    const { topic, newest, count } = each;
    return { topic, newest, count, id: await withRetries(() => ask(each), withinMs) };
  });
  const ids = await Promise.all(asked);
  const missing = ids.filter(({ id }) => id === undefined);
  if (missing.length === 0) return ids as readonly Registered[];
  const lacking = missing.map(({ topic, count }) => `${valueSubject(topic)} version ${count}`);
  throw new FatalError(
    `The registry does not have what is written by: ${lacking.join(', ')}\n  fix: register it with \`${commandLine('schemas apply')}\``,
  );
}

/** The requested version, otherwise the newest one. */
const readBy = (versions: TopicVersions, asked: Readonly<Partial<Record<string, number>>> | undefined): AvroSchema =>
  versions.version(asked?.[versions.topic] ?? versions.count);

function known<P>(topic: string, parts: ReadonlyMap<string, P>): P {
  const part = parts.get(topic);
  if (part !== undefined) return part;
  throw new FatalError(`${topic} is none of the topics that the serde was opened for: ${[...parts.keys()].join(', ')}`);
}
