import { createClients } from 'kafka-platform/client';
import { eventSchemas } from './schemas/event-schemas';
import { catalogue, retryChains } from './topics';

/** The clients of the platform's own topics, for programs of a fork. Other topics and values do not compile. */
export const clients = createClients({ topics: catalogue, schemas: eventSchemas, retryChains });
