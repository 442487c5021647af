import { patch } from './patch-kafkajs';
import type { Attempts } from '../producer/attempts';

interface ProduceRequest {
  readonly topicData: readonly {
    readonly partitions: readonly { readonly messages?: readonly { readonly attempts?: Attempts }[] }[];
  }[];
}

/** The used part of kafkajs's private broker class. */
interface Broker {
  produce: (this: Broker, request: ProduceRequest) => Promise<unknown>;
}

/**
 * Records the broker's response to each attempt at sending a batch. kafkajs retries by itself without reporting the
 * reason; after the time limit, the only visible reason would be the time limit.
 */
export const noteRefusals = patch('Broker', (broker: Broker) => {
  const { produce } = broker;
  broker.produce = async function (request) {
    try {
      return await produce.call(this, request);
    } catch (error) {
      for (const { partitions } of request.topicData)
        for (const { messages = [] } of partitions) messages[0]?.attempts?.failed(error);
      throw error;
    }
  };
});
