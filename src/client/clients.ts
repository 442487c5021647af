import type { KafkaConnection } from '../protocol/connection';
import { withClientErrors } from './client-error';
import { checkCatalogue } from './check-catalogue';
import type { Catalogue, ChainOf, EventTopicOf, RetryChainName, SchemasOf, TopicOf } from './catalogue';
import { FatalError } from './errors';
import { EventConsumer } from './consumer/event-consumer';
import type { PermanentSink } from './consumer/handlers';
import type { ConsumerOptions } from './consumer/options';
import type { ConsumedRecord } from './consumer/record';
import { ExactlyOnceTransform, type TransformOptions } from './exactly-once/exactly-once-transform';
import { readPartition, type ReadProps } from './log/read-partition';
import { readTopic } from './log/read-topic';
import type { NoticeListener } from './notices';
import { EventProducer } from './producer/event-producer';
import type { ProducerOptions } from './producer/options';
import { deadLetters } from './retry/dead-letters';
import type { RetryChain } from './retry/retry-chain';
import { RetryingConsumer, type RetryingOptions } from './retry/retrying-consumer';
import { EventSerde, type OpenProps } from './serde/event-serde';
import type { ReaderVersions } from './serde/reader-versions';
import { TransactionalWriter, type WriterOptions } from './transactions/transactional-writer';

/** The options of a serde, without the schemas, which come from the catalogue. */
export type SerdeOptions<
  C extends Catalogue,
  T extends EventTopicOf<C>,
  V extends ReaderVersions<SchemasOf<C>, T>,
> = Omit<OpenProps<SchemasOf<C>, T, V>, 'schemas'>;

/** The options of a retrying consumer; its chain is given by the name in the catalogue. */
export type RetryOptions<C extends Catalogue, Name extends RetryChainName<C>> = Omit<
  RetryingOptions<ChainOf<C, Name>['topic']>,
  'chain'
> & { readonly chain: Name };

/** The clients of a catalogue. Only the topics of the catalogue and the types of their events compile. */
export interface Clients<C extends Catalogue> {
  /** Opens a serde, which converts events to the bytes of records and back. @see EventSerde.open for the errors */
  openSerde<T extends EventTopicOf<C>, const V extends ReaderVersions<SchemasOf<C>, T> = object>(
    options: SerdeOptions<C, T, V>,
  ): Promise<EventSerde<SchemasOf<C>, T, V>>;
  /** Creates a producer, which reports the outcome of each record. @throws if the options contradict each other */
  createProducer(options: ProducerOptions): EventProducer<C>;
  /**
   * Starts a consumer that handles every record at least once. Resolves when the consumer has joined its group. @throws
   * if it cannot join
   */
  startConsumer<T extends TopicOf<C>>(options: ConsumerOptions<T>): Promise<EventConsumer<T>>;
  /**
   * Starts a consumer that handles every record at least once. A record that fails waits in the topics of a retry
   * chain. @throws if the consumer cannot join its groups
   */
  startRetryingConsumer<Name extends RetryChainName<C>>(options: RetryOptions<C, Name>): Promise<RetryingConsumer>;
  /**
   * Starts a transform, which reads a topic and writes to others, each record exactly once. Resolves when the transform
   * has joined its group. @throws if it cannot join
   */
  startTransform<T extends TopicOf<C>, S>(options: TransformOptions<T, S, C>): Promise<ExactlyOnceTransform<T>>;
  /** Opens a writer, which writes records to several topics in one transaction. @throws if no broker answers */
  openWriter(options: WriterOptions): Promise<TransactionalWriter<C>>;
  /**
   * A sink for the option `onPermanent`. It copies records that a consumer cannot handle to the dead letter topic of a
   * chain.
   */
  deadLetters<Name extends RetryChainName<C>>(props: {
    readonly chain: Name;
    readonly producer: EventProducer<C>;
  }): PermanentSink<ChainOf<C, Name>['topic']>;
  /** Reads a partition to its end without a consumer group. @see readPartition */
  readPartition<T extends TopicOf<C>>(props: ReadProps<T>): Promise<bigint>;
  /** All that readers of committed records see of a topic by now, each partition in the order of its log. */
  readTopic<T extends TopicOf<C>>(
    connection: KafkaConnection,
    topic: T,
    onNotice?: NoticeListener,
  ): Promise<readonly ConsumedRecord<T>[]>;
}

/** Rejects, at compile time, schemas and chains of topics that the catalogue does not contain. */
type KnownTopics<C extends Catalogue> = {
  readonly schemas?: Readonly<Record<Exclude<keyof SchemasOf<C>, TopicOf<C>>, never>>;
  readonly retryChains?: Readonly<Record<string, { readonly topic: C['topics'][number]['name'] }>>;
};

/**
 * Creates the clients of a project's catalogue:
 *
 *     export const clients = createClients({
 *       topics: [{ name: 'invoices' }, { name: 'notes' }],
 *       schemas: { invoices: [avro<Invoice>(invoiceSchema)] },
 *       retryChains: { billing: defineRetryChain({ topic: 'invoices', group: 'billing', delays: ['5s'] }) },
 *     });
 *
 * @throws {FatalError} that names all problems of the catalogue: invalid topic names, and schemas or chains of topics
 * that are missing
 */
export function createClients<const C extends Catalogue>(catalogue: C & KnownTopics<C>): Clients<C> {
  checkCatalogue(catalogue);
  const schemas = (catalogue.schemas ?? {}) as SchemasOf<C>;
  const chainOf = <Name extends RetryChainName<C>>(name: Name): ChainOf<C, Name> =>
    findChain(catalogue, name) as ChainOf<C, Name>;
  return {
    openSerde: (options) => withClientErrors(EventSerde.open({ ...options, schemas })),
    createProducer: (options) => new EventProducer<C>(options),
    startConsumer: (options) => withClientErrors(EventConsumer.start(options)),
    startRetryingConsumer: async ({ chain, ...options }) =>
      withClientErrors(RetryingConsumer.start({ ...options, chain: chainOf(chain) })),
    startTransform: (options) => withClientErrors(ExactlyOnceTransform.start(options)),
    openWriter: (options) => withClientErrors(TransactionalWriter.open<C>(options)),
    deadLetters: ({ chain, producer }) =>
      deadLetters({ chain: chainOf(chain), producer: producer as EventProducer<never> as EventProducer }),
    readPartition: (props) => readPartition(props),
    readTopic: (...asked) => readTopic(...asked),
  };
}

/** For callers without type checking. @throws {FatalError} if the chain does not exist */
function findChain({ retryChains = {} }: Catalogue, name: string): RetryChain {
  const chain = retryChains[name];
  if (chain !== undefined) return chain;
  throw new FatalError(
    `${name} is no retry chain of the catalogue: it has ${Object.keys(retryChains).join(', ') || 'none'}`,
  );
}
