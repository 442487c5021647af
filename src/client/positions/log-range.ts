import { UnexpectedAnswer } from '../errors';
import { toServer, type KafkaConnection, type ServerConnection } from '../../protocol/connection';
import { listOffsets, type LOG_OFFSETS } from '../../protocol/list-offsets';
import { METADATA } from '../../protocol/metadata';
import { offsetForLeaderEpoch, type EpochEnd } from '../../protocol/offset-for-leader-epoch';
import { askServer, requireOk } from '../../protocol/request';
import { leaderOf } from '../log/leader';

const TIMING = { timeoutMs: 5_000 };

/** A position in a partition, and what is known about the log up to it. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Leader epoch of the last record before the offset, or of the record at the offset. */
  readonly leaderEpoch?: number | undefined;
  /** Id of the topic that the position belongs to. @default unknown */
  readonly topicId?: string | undefined;
}

/** The relation of a position to the partition's current log. */
export type Standing =
  | { readonly kind: 'within' }
  /** The name belongs to a different topic now. */
  | { readonly kind: 'topic-recreated'; readonly topicId: string }
  /** Records from the position on were deleted; the log starts at `to`. */
  | { readonly kind: 'log-starts-later'; readonly to: bigint }
  /**
   * Records before the position were lost and may have been replaced by others; the common part of both logs ends at
   * `to`.
   */
  | { readonly kind: 'log-ends-earlier'; readonly to: bigint };

/** Compares a position with the current log. @throws if no leader answers */
export async function standingOf(connection: KafkaConnection, position: Position): Promise<Standing> {
  const { server: address, topicId } = await leaderOf(connection, position);
  const isOfAnother = (id: string): boolean => position.topicId !== undefined && position.topicId !== id;
  if (isOfAnother(topicId)) return { kind: 'topic-recreated', topicId };
  const server = toServer(connection, address);
  const standing = await standingAt(server, position);
  if (position.topicId === undefined) return standing;
  // The answers concern the topic that has the name at that moment.
  const topics = await askServer(server, METADATA, TIMING);
  const newest = topics.find(({ name }) => name === position.topic)?.id;
  return newest !== undefined && isOfAnother(newest) ? { kind: 'topic-recreated', topicId: newest } : standing;
}

async function standingAt(server: ServerConnection, position: Position): Promise<Standing> {
  const { topic, partition, offset, leaderEpoch } = position;
  const place = { topic, partition };
  const start = await logOffset(server, place, 'start');
  if (offset < start) return { kind: 'log-starts-later', to: start };
  // Without a leader epoch, the common part of the logs is unknown; the whole log may be new.
  if (leaderEpoch === undefined) {
    const end = await logOffset(server, place, 'highWatermark');
    return offset > end ? { kind: 'log-ends-earlier', to: start } : { kind: 'within' };
  }
  const end = await endOfEpoch(server, { ...place, leaderEpoch });
  const isKnown = end.endOffset >= 0n && (end.leaderEpoch === leaderEpoch || end.endOffset < offset);
  if (!isKnown) return { kind: 'log-ends-earlier', to: start };
  if (end.endOffset >= offset) return { kind: 'within' };
  return { kind: 'log-ends-earlier', to: end.endOffset > start ? end.endOffset : start };
}

interface PartitionQuestion {
  readonly topic: string;
  readonly partition: number;
}

interface LeaderEpoch extends PartitionQuestion {
  readonly leaderEpoch: number;
}

/** The end of the common part with a log whose newest epoch is the given one. */
async function endOfEpoch(server: ServerConnection, asked: LeaderEpoch): Promise<EpochEnd> {
  const end = await askServer(server, offsetForLeaderEpoch(asked), TIMING);
  if (end === undefined)
    throw new UnexpectedAnswer(`${server.server} says nothing of ${asked.topic}-${asked.partition}`);
  requireOk(end.code, undefined, `${asked.topic}-${asked.partition}`);
  return end;
}

/** @throws if the server cannot answer; a newly elected leader does not know the high watermark yet (KIP-207) */
export async function logOffset(
  server: ServerConnection,
  { topic, partition }: PartitionQuestion,
  which: keyof typeof LOG_OFFSETS,
): Promise<bigint> {
  const request = listOffsets(which, [{ topic, partitions: [partition] }]);
  const [listed] = await askServer(server, request, TIMING);
  if (listed === undefined) throw new UnexpectedAnswer(`${server.server} says nothing of ${topic}-${partition}`);
  requireOk(listed.code, undefined, `${topic}-${partition}`);
  return listed.offset;
}
