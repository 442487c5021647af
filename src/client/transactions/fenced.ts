import { FatalError } from '../errors';
import { kafkaErrorType } from '../kafka-client';

/** kafkajs does not know the newer of the two error names and reports this code instead. */
const PRODUCER_FENCED = 90;

/** Another producer has taken over the transactional id and has ended the open transaction. */
export class FencedError extends FatalError {
  override readonly name = 'FencedError';
  override readonly code = 'FENCED';

  constructor(
    readonly transactionalId: string,
    cause: unknown,
  ) {
    super(`another producer works as ${transactionalId}: a transactional id belongs to one at a time`, { cause });
  }
}

/** Whether a broker reported that the producer is fenced. */
export function isFenced(error: unknown): boolean {
  if (['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'].includes(kafkaErrorType(error) ?? '')) return true;
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause, originalError } = error as { code?: unknown; cause?: unknown; originalError?: unknown };
  return code === PRODUCER_FENCED || isFenced(cause) || isFenced(originalError);
}
