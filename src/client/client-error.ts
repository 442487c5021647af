import { FatalError, KafkaClientError, PermanentError, RetriableError, UnclassifiedError } from './errors';
import { failureKind, type FailureKind } from './failure-kind';
import { messageOf } from '../validation/message-of';

const CLASS_OF = {
  passing: RetriableError,
  'missing-topic': RetriableError,
  refused: PermanentError,
  hopeless: FatalError,
  unknown: UnclassifiedError,
} as const satisfies Record<FailureKind, unknown>;

/** Converts a failure to an error of the clients. An error of Kafka, kafkajs or the network becomes its cause. */
export function clientError(error: unknown): KafkaClientError {
  if (error instanceof KafkaClientError) return error;
  const message = messageOf(error);
  return new CLASS_OF[failureKind(error)](message, { cause: error });
}

/** Rejects only with errors of the clients. */
export const withClientErrors = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw clientError(error);
  }
};
