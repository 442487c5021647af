import { explainKafkaError } from './kafka-errors';

/** A rejected request about one topic. */
export interface Refusal {
  readonly topic: string;
  /** The broker's message if there is one, with Kafka's name of the error. */
  readonly message: string;
}

/** A response about one topic. */
export interface TopicAnswer {
  readonly topic: string;
  /** Kafka's error code; 0 if there is no error. */
  readonly code: number;
  readonly message: string | null;
}

/**
 * The rejections among the responses.
 * @param passed error codes that are accepted because the topic already is as requested, for example if it exists
 * already
 */
export const refusalsIn = (answers: readonly TopicAnswer[], passed: readonly number[] = []): readonly Refusal[] =>
  answers
    .filter(({ code }) => code !== 0 && !passed.includes(code))
    .map(({ topic, code, message }) => ({ topic, message: explainKafkaError(code, message) }));
