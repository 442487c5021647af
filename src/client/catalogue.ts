import type { AvroSchema } from '../avro/subject';
import type { DeadLetterTopic, RetryChain, RetryDelay, RetryTopic } from './retry/retry-chain';

/**
 * An Avro schema and the TypeScript type of its values; `~value` exists only at compile time. `npm run schemas --
 * types` writes such schemas.
 */
export type SchemaOf<Value> = AvroSchema & { readonly '~value'?: Value };

/** The schemas of each topic's values, oldest first. The version number of a schema is its position, starting at 1. */
export type EventSchemas = Readonly<Record<string, readonly AvroSchema[]>>;

/** For catalogues without schemas: every value is bytes or text. */
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- of no topic is any property known
export type NoSchemas = Readonly<Record<never, never>>;

/** The topics of a project, the schemas of their values, and the retry chains of its consumer groups. */
export interface Catalogue {
  /** All topics that are read or written. Additional properties, such as those of a `TopicDefinition`, are ignored. */
  readonly topics: readonly { readonly name: string }[];
  /** Schemas by topic. Values of a topic without an entry are bytes or text. @default none */
  readonly schemas?: EventSchemas;
  /**
   * Retry chains by a name that the project chooses. The topics of the chains need no entry in `topics`. @default none
   */
  readonly retryChains?: Readonly<Record<string, RetryChain>>;
}

type ChainsOf<C extends Catalogue> = C extends { readonly retryChains: infer Chains } ? Chains : NoSchemas;

/** A conditional type, so that it distributes over the chains of a catalogue. */
type ChainTopic<Chain> =
  Chain extends RetryChain<infer T, infer G, infer D>
    ? DeadLetterTopic<T, G> | RetryTopic<T, G, D & RetryDelay>
    : never;

/** The schemas of a catalogue. */
export type SchemasOf<C extends Catalogue> = C extends { readonly schemas: infer S extends EventSchemas }
  ? S
  : NoSchemas;

/** The name of a topic of the catalogue. Other names do not compile. */
export type TopicOf<C extends Catalogue> = C['topics'][number]['name'] | ChainTopic<ChainsOf<C>[keyof ChainsOf<C>]>;

/** A topic of the catalogue whose values have a schema. */
export type EventTopicOf<C extends Catalogue> = EventTopic<SchemasOf<C>> & TopicOf<C>;

/** The name of a retry chain of the catalogue. */
export type RetryChainName<C extends Catalogue> = keyof ChainsOf<C> & string;

/** The retry chain of the catalogue with this name. */
export type ChainOf<C extends Catalogue, Name extends RetryChainName<C>> = Extract<ChainsOf<C>[Name], RetryChain>;

/** The type of a topic's values in the newest version. */
export type EventOf<C extends Catalogue, T extends EventTopicOf<C>> = NewestEvent<SchemasOf<C>, T>;

/** A topic that has schemas. */
export type EventTopic<S> = keyof S & string;

type ValueIn<Schema> = Schema extends { readonly '~value'?: infer Value } ? Value : unknown;

type Newest<List extends readonly unknown[]> = List extends readonly [...unknown[], infer Last] ? Last : List[number];

type Numbers<List extends readonly unknown[]> = number extends List['length']
  ? number
  : List extends readonly [...infer Earlier, unknown]
    ? List['length'] | Numbers<Earlier>
    : never;

type SchemaAt<List extends readonly unknown[], Version> = number extends List['length']
  ? List[number]
  : List extends readonly [...infer Earlier, infer Last]
    ? Version extends List['length']
      ? Last
      : SchemaAt<Earlier, Version>
    : never;

/** The type of the topic's values in the newest version. */
export type NewestEvent<S extends EventSchemas, T extends EventTopic<S>> = ValueIn<Newest<S[T]>>;

/** The version numbers of the topic's schemas. */
export type VersionOf<S extends EventSchemas, T extends EventTopic<S>> = Numbers<S[T]>;

/** The type of the topic's values in this version. */
export type EventAt<S extends EventSchemas, T extends EventTopic<S>, Version> = ValueIn<SchemaAt<S[T], Version>>;

/**
 * Gives a schema the TypeScript type of its values: `avro<Invoice>({ type: 'record', name: 'Invoice', fields: [ … ]
 * })`. Nothing checks that the type fits; `npm run schemas -- types` derives both from one file.
 */
export const avro = <Value>(schema: AvroSchema): SchemaOf<Value> => schema;
