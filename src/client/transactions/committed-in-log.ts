import type { FetchedBatch } from '../consumer/commits';
import { RetriableError } from '../errors';
import type { RecordPlace } from '../consumer/record';
import type { CommittedPosition } from '../positions/committed-position';
import type { Position, Standing } from '../positions/log-range';

/** A batch fetched by a group, and a way to check whether its log is still the same. */
export interface GroupInLog {
  readonly place: Pick<RecordPlace, 'topic' | 'partition'>;
  readonly batch: FetchedBatch;
  /** Compares a position with the current log. @throws if no leader answers */
  readonly standing: (position: Position) => Promise<Standing>;
}

/**
 * The offset below which the group has handled the log of the batch; undefined if the committed offset belongs to
 * another topic of the same name, or to a lost part of the log.
 * @throws {RetriableError} if the batch belongs to a deleted topic
 */
export async function committedInLog(
  { place, batch, standing }: GroupInLog,
  { offset, log }: CommittedPosition,
): Promise<bigint | undefined> {
  const { topic, partition } = place;
  const topicId = batch.log?.topicId;
  if (topicId !== undefined && log !== undefined && log.topicId !== topicId) {
    const now = await standing({ topic, partition, offset: batch.firstOffset, topicId });
    if (now.kind !== 'topic-recreated') return undefined;
    throw new RetriableError(`what was fetched of ${topic}-${partition} is of a topic that was deleted`);
  }
  if (offset <= batch.firstOffset) return offset;
  const now = await standing({ topic, partition, offset, leaderEpoch: log?.leaderEpoch, topicId });
  if (now.kind === 'topic-recreated') {
    throw new RetriableError(`what was fetched of ${topic}-${partition} is of a topic that was deleted`);
  }
  return now.kind === 'log-ends-earlier' ? undefined : offset;
}
