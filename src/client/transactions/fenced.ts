import { FatalError } from '../consumer/errors';
import { kafkaErrorType } from '../quiet-kafka';

/** kafkajs does not know the newer of the two names, and gives it this number. */
const PRODUCER_FENCED = 90;

/** Another producer has taken the transactional id over; it has ended what was open. */
export class FencedError extends FatalError {
  constructor(
    readonly transactionalId: string,
    override readonly cause: unknown,
  ) {
    super(`another producer works as ${transactionalId}: a transactional id belongs to one at a time`);
  }
}

/** Whether a broker says so. */
export function isFenced(error: unknown): boolean {
  if (['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED'].includes(kafkaErrorType(error) ?? '')) return true;
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause, originalError } = error as { code?: unknown; cause?: unknown; originalError?: unknown };
  return code === PRODUCER_FENCED || isFenced(cause) || isFenced(originalError);
}
