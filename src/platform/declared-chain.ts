import type { RetryDelay } from '../client/retry/retry-chain';
import type { TopicDefinition } from '../components/topics/props';

/** A retry chain made by `retryChain` of topics in a catalogue. */
export interface DeclaredChain<Topic extends string = string> {
  readonly topic: Topic;
  readonly group: string;
  readonly delays: readonly RetryDelay[];
  readonly deadLetterTopic: Topic;
  readonly topics: readonly (TopicDefinition & { readonly name: Topic })[];
}
