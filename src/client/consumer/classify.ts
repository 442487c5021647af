import { FatalError, OutageError, PermanentError } from '../errors';
import { failureKind, type FailureKind } from '../failure-kind';

/**
 * `unclassified`: neither the handler nor the client says whether a retry may succeed. `missing-topic`: a topic does
 * not exist, or not yet.
 */
export type ErrorClass = 'permanent' | 'retriable' | 'outage' | 'fatal' | 'missing-topic' | 'unclassified';

const CLASS_OF = {
  passing: 'retriable',
  'missing-topic': 'missing-topic',
  refused: 'permanent',
  hopeless: 'fatal',
  unknown: 'unclassified',
} as const satisfies Record<FailureKind, ErrorClass>;

/** The class of an error, by its own statement or by that of Kafka, kafkajs or the network. */
export function classify(error: unknown): ErrorClass {
  if (error instanceof PermanentError) return 'permanent';
  if (error instanceof FatalError) return 'fatal';
  if (error instanceof OutageError) return 'outage';
  return CLASS_OF[failureKind(error)];
}
