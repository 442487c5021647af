import { setTimeout as delay } from 'node:timers/promises';
import { KafkaJSProtocolError } from 'kafkajs';
import type { KafkaConnection } from '../../protocol/connection';
import type { RecordsMissing } from '../notices';
import type { CommittedPosition } from './committed-position';
import { standingOf } from './log-range';
import { PartitionLog, type Gap } from './partition-log';
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

/**
 * Determines where a member of a group continues to read in each of its partitions. It compares each position with the
 * current log: a topic is identified by its id, and a log by the leader epochs of its records. Missing records are
 * reported and never skipped silently.
 */
export class GroupPositions {
  private readonly logs = new Map<string, PartitionLog>();
  /** Ids of the most recently read topics, by name. */
  private readonly topicIds = new Map<string, string>();
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

  /**
   * Determines the start offsets from the committed positions. Without a committed position, reading starts at the
   * beginning of the log.
   * @throws like a broker if the topic is unknown
   */
  async begin(
    committed: readonly (Place & { readonly position: CommittedPosition | undefined })[],
  ): Promise<readonly (Place & { readonly offset: bigint })[]> {
    const ids = await topicIds(this.props.connection);
    const begins = committed.map(({ topic, partition, position }) => {
      const topicId = ids.get(topic);
      if (topicId === undefined) throw unknownTopic(topic);
      return { topic, partition, offset: this.beginOne({ topic, partition, topicId }, position) };
    });
    for (const [topic, topicId] of ids)
      if (begins.some((one) => one.topic === topic)) this.topicIds.set(topic, topicId);
    return begins;
  }

  /**
   * Determines where to continue after the leader answered that the offset is out of range.
   * @returns undefined if the offset may be valid after all, or the topic's metadata must be refreshed
   * @throws if no leader answers
   */
  async reposition(log: PartitionLog, offset: bigint): Promise<bigint | undefined> {
    const { topic, partition, topicId } = log;
    const leaderEpoch = log.epochs.upTo(offset);
    const standing = await standingOf(this.props.connection, { topic, partition, offset, leaderEpoch, topicId });
    if (standing.kind === 'within' || standing.kind === 'topic-recreated') {
      await delay(PAUSE_MS);
      return undefined;
    }
    const { kind: reason, to } = standing;
    if (log.hasBegun) this.tell(log, { topic, partition, from: offset, to, reason });
    // Results of reading the old log, such as an offset to commit, are no longer valid.
    if (reason === 'log-ends-earlier') this.logs.set(nameOf(log), new PartitionLog(topic, partition, topicId));
    return to;
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

  private beginOne(place: Place & { readonly topicId: string }, committed: CommittedPosition | undefined): bigint {
    const { topic, partition, topicId } = place;
    const known = this.logOf(place);
    const isSame = known?.topicId === topicId;
    const log = isSame ? known : new PartitionLog(topic, partition, topicId);
    this.logs.set(nameOf(place), log);
    const isOfAnother = committed?.log !== undefined && committed.log.topicId !== topicId;
    log.hasBegun = committed !== undefined && !isOfAnother;
    if (committed !== undefined && !isOfAnother) {
      if (committed.log?.leaderEpoch !== undefined) log.epochs.note(committed.offset, committed.log.leaderEpoch);
      return committed.offset;
    }
    // A position at the beginning of the earlier topic counts as well. A member that has read nothing of a partition
    // was supposed to read all of it, even if the partition was only just added to the topic.
    const reached = known === undefined ? 0n : known.reached;
    const isNew = known === undefined ? (this.topicIds.get(topic) ?? topicId) !== topicId : !isSame;
    const before = committed?.offset ?? (isNew ? reached : undefined);
    if (before !== undefined) log.untold = { topic, partition, from: before, to: 0n, reason: 'topic-recreated' };
    return 0n;
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
