import {
  createClients,
  type EventOf as EventOfCatalogue,
  type EventSerde,
  type EventTopicOf,
  type SchemasOf,
  type TopicOf,
  type TransactionRecord,
} from 'kafka-platform/client';
import { eventSchemas } from './schemas/event-schemas';
import { retryChains, topics } from './topics';

const catalogue = { topics, schemas: eventSchemas, retryChains } as const;

/** The clients of the shop. Other topics, and values that do not fit a topic, do not compile. */
export const clients = createClients(catalogue);

type Shop = typeof catalogue;

/** A topic of the shop. */
export type ShopTopic = TopicOf<Shop>;

/** A topic of the shop whose values have a schema. */
export type EventTopic = EventTopicOf<Shop>;

/** The type of the topic's values in the newest version. */
export type EventOf<T extends EventTopic> = EventOfCatalogue<Shop, T>;

/** A serde for some topics of the shop. */
export type ShopSerde<T extends EventTopic, V extends object = object> = EventSerde<SchemasOf<Shop>, T, V>;

/** A record of any topic of the shop, with a value of the topic's type. */
export type ShopRecord = TransactionRecord<Shop>;
