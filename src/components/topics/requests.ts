import type { NewTopic } from '../../protocol/create-topics';
import type { Topic } from './topic';
import { topicConfig } from './topic-config';

/** Number of topics in one request. */
export const BATCH = 100;

/** Time limit of the controller for a request, and of the client for the response. */
export const TIMEOUT_MS = 30_000;
export const TIMING = { timeoutMs: TIMEOUT_MS + 10_000 } as const;

export const creation = (topic: Topic): NewTopic => ({
  topic: topic.name,
  partitions: topic.partitions,
  replicationFactor: topic.replicationFactor,
  settings: topicConfig(topic),
});
