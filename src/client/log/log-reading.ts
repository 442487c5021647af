import { toServer, type KafkaConnection } from '../../protocol/connection';
import { fetchLog, type LogPart } from '../../protocol/fetch-log';
import { askServer, KafkaError, requireOk } from '../../protocol/request';
import { KafkaClientError, RetriableError, UnexpectedAnswer } from '../errors';
import { printNotice, type ClientNotice, type NoticeListener } from '../notices';
import { logOffset, standingOf } from '../positions/log-range';
import { recordsMissing } from '../positions/records-missing';
import { serverAnswers } from '../reachability/reporting-sockets';
import { leaderOf, type Leader } from './leader';
import { committedOf, type CommittedPart } from './record-batches';

const TIMING = { timeoutMs: 12_000 };
const FETCH_BYTES = 4 * 1024 * 1024;
const OFFSET_OUT_OF_RANGE = 1;
const UNKNOWN_TOPIC_ID = 100;
const INCONSISTENT_TOPIC_ID = 103;

interface LogReadingProps {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly partition: number;
  readonly topicId?: string | undefined;
  readonly from?: bigint | undefined;
  readonly until?: bigint | undefined;
  readonly onNotice?: NoticeListener | undefined;
}

/** The log was replaced while it was read. Records that were already read do not belong to the current log. */
export class LogChanged extends RetriableError {
  override readonly name = 'LogChanged';
  override readonly code = 'LOG_CHANGED';
}

/** Reads a log from an offset to its end. Detects a replaced log and missing records. */
export class LogReading {
  /** The next offset to read. */
  next: bigint;
  /** Whether retrying after an error is pointless. */
  isOver = false;
  private until: bigint | undefined;
  private leader: Leader | undefined;
  /** Id of the topic, once it is known. */
  private topicId: string | undefined;
  private leaderEpoch: number | undefined;
  /** True once reading has started. Records deleted before that are not missing. */
  private hasBegun: boolean;

  constructor(private readonly props: LogReadingProps) {
    this.next = props.from ?? 0n;
    this.topicId = props.topicId;
    this.until = props.until;
    this.hasBegun = props.from !== undefined;
  }

  get isAtEnd(): boolean {
    return this.until !== undefined && this.next >= this.until;
  }

  /** The end of the range (exclusive). */
  get end(): bigint {
    return this.until ?? this.next;
  }

  /**
   * Fetches the next part, which may be empty, and advances.
   * @throws an error that may be retried unless `isOver` is set
   */
  async fetch(): Promise<CommittedPart> {
    try {
      const leader = (this.leader ??= await this.found());
      const until = this.until ?? (await this.highWatermark(leader));
      const part = await this.partAt(leader, until);
      // Kafka answers by name where the log ends. The part was fetched afterwards by the topic id, from the same log.
      this.until = until;
      // A batch may start before the requested offset, and before the start of the log.
      const from = this.next;
      const read = await committedOf(part);
      this.leaderEpoch = read.leaderEpoch ?? this.leaderEpoch;
      this.hasBegun = true;
      if (read.next !== undefined && read.next > this.next) this.next = read.next;
      return { ...read, messages: read.messages.filter(({ offset }) => BigInt(offset) >= from) };
    } catch (error) {
      this.leader = undefined;
      throw error;
    }
  }

  private async found(): Promise<Leader> {
    const { connection, topic, partition } = this.props;
    const leader = await this.answered(connection.bootstrapServers, leaderOf(connection, this.props));
    if (this.topicId !== undefined && this.topicId !== leader.topicId) {
      throw this.changed(
        `topic ${topic} was deleted and created again before ${topic}-${partition} was read to its end`,
      );
    }
    this.topicId = leader.topicId;
    return leader;
  }

  private highWatermark({ server }: Leader): Promise<bigint> {
    return logOffset(toServer(this.props.connection, server), this.props, 'highWatermark');
  }

  private async partAt({ server, topicId }: Leader, until: bigint): Promise<LogPart> {
    const { connection, topic, partition } = this.props;
    const place = { topicId, partition, offset: this.next, leaderEpoch: this.leaderEpoch };
    const fetched = askServer(toServer(connection, server), fetchLog(place, FETCH_BYTES), TIMING);
    const part = await this.answered([server], fetched);
    if (part.code === UNKNOWN_TOPIC_ID || part.code === INCONSISTENT_TOPIC_ID) {
      // A broker may also answer this shortly after the topic was created.
      throw new KafkaError(part.code, `${server} has no topic of the id ${topicId}`);
    }
    if (part.code !== OFFSET_OUT_OF_RANGE && !part.hasDiverged) {
      requireOk(part.code, undefined, `${topic}-${partition}`);
      return part;
    }
    await this.reposition();
    const isAtEnd = this.next >= until;
    return isAtEnd ? { ...part, code: 0, bytes: Buffer.alloc(0) } : this.partAt({ server, topicId }, until);
  }

  /** @throws unless reading may continue after deleted records */
  private async reposition(): Promise<void> {
    const { topic, partition } = this.props;
    const standing = await standingOf(this.props.connection, { ...this.position(), topicId: this.topicId });
    if (standing.kind === 'within') throw new UnexpectedAnswer(`the leader of ${topic}-${partition} has just changed`);
    const to = 'to' in standing ? standing.to : 0n;
    const gap = { topic, partition, from: this.next, to, reason: standing.kind };
    if (standing.kind !== 'log-starts-later') throw this.changed(recordsMissing(gap).message);
    if (this.hasBegun) this.tell(recordsMissing(gap));
    this.next = to;
  }

  /** Waits for an answer of any of these servers, and tells when none comes. */
  private async answered<R>(servers: readonly string[], answer: Promise<R>): Promise<R> {
    const { bootstrapServers, clientId } = this.props.connection;
    const answers = serverAnswers(this.onNotice, bootstrapServers, clientId);
    const startedAt = performance.now();
    try {
      const result = await answer;
      for (const server of servers) this.tell(answers.answered(server, performance.now()));
      return result;
    } catch (error) {
      // What a broker says is an answer.
      if (!(error instanceof KafkaClientError || error instanceof KafkaError))
        for (const server of servers) this.tell(answers.failed({ server, startedAt, now: performance.now(), error }));
      throw error;
    }
  }

  /** What the listener throws ends the reading. */
  private tell(notice: ClientNotice | undefined): void {
    if (notice === undefined) return;
    this.isOver = true;
    this.onNotice(notice);
    this.isOver = false;
  }

  private get onNotice(): NoticeListener {
    return this.props.onNotice ?? printNotice;
  }

  private changed(message: string): LogChanged {
    this.isOver = true;
    return new LogChanged(message);
  }

  private position() {
    const { topic, partition } = this.props;
    return { topic, partition, offset: this.next, leaderEpoch: this.leaderEpoch };
  }
}
