import {
  createClients,
  type EventOf as EventOfCatalogue,
  type EventSerde,
  type EventTopicOf,
  type SchemasOf,
  type TopicOf,
} from 'kafka-platform/client';
import { eventSchemas } from './schemas/event-schemas';
import { retryChains, topics } from './topics';

const catalogue = { topics, schemas: eventSchemas, retryChains } as const;

/** The clients of the catalogue: other topics than its own, and values that do not fit them, do not compile. */
export const clients = createClients(catalogue);

type Own = typeof catalogue;

/** A topic of the catalogue. */
export type CatalogueTopic = TopicOf<Own>;

/** A topic of the catalogue whose values have a schema. */
export type EventTopic = EventTopicOf<Own>;

/** The newest type of the topic's values. */
export type EventOf<T extends EventTopic> = EventOfCatalogue<Own, T>;

/** A serde of some topics of the catalogue. */
export type CatalogueSerde<T extends EventTopic, V extends object = object> = EventSerde<SchemasOf<Own>, T, V>;
