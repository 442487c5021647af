import { toServer, type KafkaConnection } from '../../protocol/connection';
import { fetchLog } from '../../protocol/fetch-log';
import { askServer, requireOk } from '../../protocol/request';
import { RetriableError, TransactionOpen } from '../errors';
import { leaderOf } from '../log/leader';
import { withRetries } from '../with-retries';

const TIMING = { timeoutMs: 5_000 };
/** The records themselves are not needed. */
const ONE_BATCH_BYTES = 1;

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

interface Question {
  readonly connection: KafkaConnection;
  /** Place of the transaction's first record in a partition. */
  readonly place: Place;
  readonly withinMs: number;
}

/**
 * Whether an ended transaction was committed. The first record of another transaction cannot have the same place, so
 * the transaction was aborted if an aborted one starts there.
 * @throws {RetriableError} if no broker answers within the time limit, for example because an earlier transaction is
 * still open
 */
export const wasCommitted = ({ withinMs, ...question }: Question): Promise<boolean> =>
  withRetries(async () => {
    try {
      return await ended(question);
    } catch (cause) {
      throw new RetriableError((cause as Error).message, { cause });
    }
  }, withinMs);

async function ended({ connection, place }: Omit<Question, 'withinMs'>): Promise<boolean> {
  const { server, topicId } = await leaderOf(connection, place);
  const { partition, offset } = place;
  const request = fetchLog({ topicId, partition, offset }, ONE_BATCH_BYTES);
  const { code, lastStableOffset, aborted } = await askServer(toServer(connection, server), request, TIMING);
  requireOk(code);
  if (lastStableOffset > place.offset) return !aborted.some(({ firstOffset }) => firstOffset === place.offset);
  throw new TransactionOpen(`a transaction before offset ${place.offset} of ${place.topic} is still open`);
}
