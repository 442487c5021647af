import { setTimeout as delay } from 'node:timers/promises';
import { KafkaJSProtocolError } from 'kafkajs';
import type { KafkaConnection } from '../../protocol/connection';
import type { RecordsMissing } from '../notices';
import type { CommittedPosition } from './committed-position';
import { standingOf } from './log-range';
import { PartitionLog, type Gap, type LogOffset } from './partition-log';
import { recordsMissing } from './records-missing';
import { topicIds } from './topic-ids';

/** Waiting time before a leader that has just changed is asked again. */
const PAUSE_MS = 200;

interface GroupPositionsProps {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  readonly onMissing: (notice: RecordsMissing) => void;
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** A partition, and what the group has committed there. */
type Committed = Place & { readonly position: CommittedPosition | undefined };

/**
 * Determines where a member of a group continues to read in each of its partitions. It compares each position with the
 * current log: a topic is identified by its id, and a log by the leader epochs of its records. Missing records are
 * reported and never skipped silently.
 */
export class GroupPositions {
  private readonly logs = new Map<string, PartitionLog>();
  /** Ids of the most recently read topics, by name. */
  private readonly newestIds = new Map<string, string>();
  private readonly lastTold = new Map<string, Gap & { readonly topicId: string }>();

  constructor(private readonly props: GroupPositionsProps) {}

  /** The log of the partition that is currently read. */
  logOf({ topic, partition }: Place): PartitionLog | undefined {
    return this.logs.get(nameOf({ topic, partition }));
  }

  /** Whether the log has not been replaced. */
  isCurrent(log: PartitionLog): boolean {
    return this.logOf(log) === log;
  }

  /** Whether reading continues there. What was fetched at any other offset, or from another log, must not be handled. */
  isNext({ log, offset }: LogOffset): boolean {
    return this.isCurrent(log) && log.next === offset;
  }

  /**
   * The current topics by name. They must be asked before the committed positions: a position that another tool
   * committed does not say which topic it belongs to, and must not count for a topic that was created after it.
   * @throws if no broker answers
   */
  topicIds(): Promise<ReadonlyMap<string, string>> {
    return topicIds(this.props.connection);
  }

  /**
   * Determines the logs, and where reading begins in them, from the committed positions. Without a committed position,
   * reading starts at the beginning of the log.
   * @param ids the answer of `topicIds`
   * @throws like a broker if a topic is unknown; then nothing has changed
   */
  begin(committed: readonly Committed[], ids: ReadonlyMap<string, string>): void {
    const known = committed.map((one) => {
      const topicId = ids.get(one.topic);
      if (topicId === undefined) throw unknownTopic(one.topic);
      return { ...one, topicId };
    });
    for (const { position, ...place } of known) this.beginOne(place, position);
    for (const { topic, topicId } of known) this.newestIds.set(topic, topicId);
  }

  /**
   * Determines where to continue after the leader answered that the offset is out of range. Nothing changes if the
   * offset may be valid after all, or the topic's metadata must be refreshed, or the position has changed meanwhile.
   * @throws if no leader answers
   */
  async reposition(log: PartitionLog): Promise<void> {
    const { topic, partition, topicId, next: offset } = log;
    const leaderEpoch = log.epochs.upTo(offset);
    const standing = await standingOf(this.props.connection, { topic, partition, offset, leaderEpoch, topicId });
    if (standing.kind === 'within' || standing.kind === 'topic-recreated') return delay(PAUSE_MS);
    if (!this.isNext({ log, offset })) return;
    const { kind: reason, to } = standing;
    if (log.hasBegun) this.tell(log, { topic, partition, from: offset, to, reason });
    // Results of reading the old log, such as an offset to commit, are no longer valid.
    const current = reason === 'log-ends-earlier' ? new PartitionLog(topic, partition, topicId) : log;
    current.next = to;
    this.logs.set(nameOf(log), current);
  }

  /** A replica has returned data of the log from the offset on. */
  confirm(log: PartitionLog, offset: bigint): void {
    log.reach(offset);
    log.hasBegun = true;
    const { untold } = log;
    log.untold = undefined;
    if (untold !== undefined) this.tell(log, untold);
  }

  /** Reports a gap once, even if the partition is started repeatedly at the same offset. */
  tell({ topicId, ...place }: PartitionLog, gap: Gap): void {
    const name = nameOf(place);
    const last = this.lastTold.get(name);
    const isKnown = last?.topicId === topicId && last.reason === gap.reason;
    if (isKnown && gap.reason !== 'log-starts-later' && gap.from === last.from && gap.to === last.to) return;
    const from = isKnown && gap.reason === 'log-starts-later' && gap.from < last.to ? last.to : gap.from;
    if (gap.reason === 'log-starts-later' && from >= gap.to) return;
    this.lastTold.set(name, { ...gap, topicId });
    this.props.onMissing(recordsMissing({ ...gap, from, groupId: this.props.groupId }));
  }

  private beginOne(place: Place & { readonly topicId: string }, committed: CommittedPosition | undefined): void {
    const { topic, partition, topicId } = place;
    const known = this.logOf(place);
    const isSame = known?.topicId === topicId;
    const log = isSame ? known : new PartitionLog(topic, partition, topicId);
    this.logs.set(nameOf(place), log);
    const isOfAnother = committed?.log !== undefined && committed.log.topicId !== topicId;
    log.hasBegun = committed !== undefined && !isOfAnother;
    log.next = committed === undefined || isOfAnother ? 0n : committed.offset;
    if (committed !== undefined && !isOfAnother) {
      if (committed.log?.leaderEpoch !== undefined) log.epochs.note(committed.offset, committed.log.leaderEpoch);
      return;
    }
    // A position at the beginning of the earlier topic counts as well. A member that has read nothing of a partition
    // was supposed to read all of it, even if the partition was only just added to the topic.
    const reached = known === undefined ? 0n : known.reached;
    const isNew = known === undefined ? (this.newestIds.get(topic) ?? topicId) !== topicId : !isSame;
    const before = committed?.offset ?? (isNew ? reached : undefined);
    if (before !== undefined) log.untold = { topic, partition, from: before, to: 0n, reason: 'topic-recreated' };
  }
}

const nameOf = ({ topic, partition }: Place): string => `${topic}-${partition}`;

/** The same error as from a broker, which makes kafkajs rejoin the group. */
export const unknownTopic = (topic: string): Error =>
  new KafkaJSProtocolError(
    Object.assign(new Error(`the brokers do not know the topic ${topic}`), {
      type: 'UNKNOWN_TOPIC_OR_PARTITION',
      code: 3,
      retriable: true,
    }),
  );
