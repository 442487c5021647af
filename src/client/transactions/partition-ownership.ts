import { OwnershipLost, type Commits, type FetchedBatch } from '../consumer/commits';
import { FatalError, OutageError, PermanentError, RetriableError } from '../errors';
import { FailureRun, type FailureLimits } from '../consumer/failure-run';
import type { ConsumedRecord } from '../consumer/record';
import type { ClientMetrics } from '../metrics/client-metrics';
import type { CommittedPosition } from '../positions/committed-position';
import { PartitionMissing } from '../producer/missing';
import { isTooLarge, RecordRefused } from '../producer/refusals';
import { CopyRefused, hasStack, withoutStack } from '../retry/copy-refused';
import { committedInLog, type GroupInLog } from './committed-in-log';
import { byPartition, type PartitionCounts } from './placement';
import type { RefusedOutputs } from './refused-outputs';
import type { TransactionOutcome } from './transaction-outcome';
import type { TransactionRecord } from './transaction-record';
import { firstUnencodable } from './first-unencodable';
import {
  TransactionalSession,
  TransactionFailed,
  type ConsumedOffset,
  type SessionProps,
} from './transactional-session';

interface OwnershipProps<S> extends GroupInLog {
  readonly session: SessionProps;
  /** The group and partition whose progress is committed. */
  readonly place: Omit<ConsumedOffset, 'offset'>;
  readonly counts: PartitionCounts;
  readonly metrics: ClientMetrics | undefined;
  /** Rejected outputs of the partition, including those found by earlier ownerships of this member. */
  readonly refused: RefusedOutputs;
  /** Limits for retrying errors that may not end. */
  readonly limits: FailureLimits;
  /**
   * The committed position of the group; undefined if it has never committed. @throws if the coordinator does not
   * answer
   */
  readonly readCommitted: () => Promise<CommittedPosition | undefined>;
  readonly restore: () => Promise<S>;
}

/** Output records of handled records. */
interface Outputs {
  /** Offset of the first handled record. */
  readonly offset: bigint;
  readonly isOfOne: boolean;
  readonly records: readonly TransactionRecord[];
}

/** A started transaction: its position, its start time by a monotonic clock, and its records. */
interface Attempted {
  readonly position: bigint;
  readonly since: number;
  readonly records: readonly TransactionRecord[];
}

/**
 * The period in which one member owns a partition. Outputs of records and the progress of the group are committed
 * together, in transactions. kafkajs cannot check the group's generation in a transaction. Instead, the partition has a
 * transactional id: the new owner first fences the previous owner by taking over the id, and then reads the committed
 * offset. It therefore knows that no other member continues.
 */
export class PartitionOwnership<S> implements Commits {
  readonly areAllOrNothing = true;
  private hasEnded = false;
  private tellOver: () => void = () => undefined;
  private outputs: Outputs[] = [];
  /** The transaction with an unknown outcome. */
  private attempted: Attempted | undefined;
  private last: Promise<void> = Promise.resolve();
  private session: TransactionalSession | undefined;
  /** The position as the coordinator has stored it, for any log. */
  private stored: CommittedPosition | undefined;
  /** The offset below which all records of the log are done. */
  private committed: bigint | undefined;
  private stateNow: S;
  /** Whether the state includes records whose outputs were rejected. */
  private isStateAhead = false;
  /** Topics for copies of failed records. */
  private readonly copyTopics = new Set<string>();
  private readonly failures: FailureRun;

  private constructor(
    private readonly props: OwnershipProps<S>,
    begin: {
      readonly session: TransactionalSession;
      readonly stored: CommittedPosition | undefined;
      readonly committed: bigint | undefined;
      readonly state: S;
    },
  ) {
    this.session = begin.session;
    this.stored = begin.stored;
    this.committed = begin.committed;
    this.stateNow = begin.state;
    this.failures = new FailureRun(props.limits);
  }

  /** Takes a partition over. When it resolves, all previous owners are fenced. @throws if no broker answers */
  static async take<S>(props: OwnershipProps<S>): Promise<PartitionOwnership<S>> {
    const session = await TransactionalSession.open(props.session);
    try {
      const stored = await props.readCommitted();
      const committed = stored && (await committedInLog(props, stored));
      return new PartitionOwnership(props, { session, stored, committed, state: await props.restore() });
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * Whether this ownership has ended. Another one must be acquired; handled and uncommitted records are handled again.
   */
  get isOver(): boolean {
    return this.hasEnded;
  }

  /** Whether the batch is from the log for which the partition was taken over. */
  isOf({ log }: FetchedBatch): boolean {
    return log === this.props.batch.log;
  }

  isOutdated(): boolean {
    return this.props.batch.isOutdated();
  }

  whenOver(tell: () => void): void {
    this.tellOver = tell;
    if (this.hasEnded) tell();
  }

  get from(): bigint | undefined {
    return this.committed;
  }

  /** Outputs of this log that brokers reject permanently. */
  get refused(): RefusedOutputs {
    return this.props.refused;
  }

  /** The handler's state for the partition; it is discarded with the ownership. */
  get state(): S {
    return this.stateNow;
  }

  /**
   * Adds the outputs of these records. They are written once these records and all records before them are committed.
   * @throws {PermanentError} if an output can never be written; `settled` must then be called before the state is used
   * again
   */
  put(of: readonly Pick<ConsumedRecord, 'offset'>[], records: readonly TransactionRecord[]): void {
    const problem = firstUnencodable(records);
    if (problem !== undefined) {
      this.isStateAhead = true;
      throw new PermanentError(`of what came of it, ${problem.message}`, { cause: problem });
    }
    const [first, ...others] = of;
    if (first === undefined || this.isOver || records.length === 0) return;
    this.outputs.push({ offset: first.offset, isOfOne: others.length === 0, records });
  }

  /** Adds a copy of a record as its output. Its bytes were valid in the source topic and are not checked again. */
  putCopy(offset: bigint, copy: TransactionRecord): void {
    this.copyTopics.add(copy.topic);
    if (!this.isOver) this.outputs.push({ offset, isOfOne: true, records: [copy] });
  }

  /**
   * Prepares the state for the record at the offset, after all earlier records are done: restores the state if it
   * includes records whose outputs were rejected. @throws like `commit` and `restore`
   */
  async settled(offset: bigint): Promise<void> {
    if (!this.isStateAhead) return;
    // Restoring reads the committed outputs.
    if (this.outputs.length > 0) await this.commit(offset).catch(overAsOutage);
    this.stateNow = await this.props.restore();
    this.isStateAhead = false;
  }

  /**
   * Commits one transaction at a time; a failed commit may be retried.
   * @throws {RetriableError} if it failed or its outcome is unknown
   * @throws {OwnershipLost} if another member has taken the partition over
   * @throws {FatalError} if every further attempt would fail
   */
  commit(position: bigint): Promise<void> {
    const work = this.last.then(() => this.transactStepwise(position));
    this.last = work.catch(() => undefined);
    return work;
  }

  letGo(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.tellOver();
  }

  async close(): Promise<void> {
    this.letGo();
    await this.session?.close();
    void this.last.then(() => this.tell('unknown'));
  }

  /**
   * Commits in one transaction. While a rejected output is being located, uses a separate transaction for each record
   * with outputs.
   */
  private async transactStepwise(position: bigint): Promise<void> {
    if (this.props.refused.isSearching) {
      const [, ...later] = this.outputs.map(({ offset }) => offset).filter((offset) => offset < position);
      for (const step of later) await this.transact(step);
    }
    await this.transact(position);
  }

  private async transact(position: bigint): Promise<void> {
    if (this.isOver) throw new OwnershipLost('the partition was let go');
    if (this.committed !== undefined && position <= this.committed) return;
    try {
      this.session ??= await this.reopened();
      // The previous transaction was committed after all.
      if (this.committed !== undefined && position <= this.committed) return;
      const due = this.outputs.filter(({ offset }) => offset < position).flatMap(({ records }) => records);
      const counts = await this.props.counts.of(due);
      this.attempted = { position, since: performance.now(), records: due };
      const metadata = this.props.batch.log?.committing(position);
      await this.session.run(byPartition(due, counts), { ...this.props.place, offset: position, metadata });
      this.tell('committed');
      this.failures.reset();
      this.advance(position);
    } catch (error) {
      if (error instanceof TransactionFailed && !error.isAtEnd) this.tell('aborted');
      await this.discard();
      throw this.failureOf(error, position);
    }
  }

  private async discard(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    await session?.close();
  }

  /** Opens a new session, which ends the transaction of the previous session, and determines its outcome. */
  private async reopened(): Promise<TransactionalSession> {
    const session = await TransactionalSession.open(this.props.session);
    const stored = await this.props.readCommitted().catch(async (error: unknown) => {
      await session.close();
      throw error;
    });
    if (isSame(stored, this.stored)) {
      this.tell('aborted');
      return session;
    }
    if (stored !== undefined && stored.offset === this.attempted?.position && this.isOfThisLog(stored)) {
      this.tell('committed');
      this.advance(stored.offset);
      return session;
    }
    await session.close();
    throw new OwnershipLost(`the group is at ${stored?.offset ?? 'no offset'}, which is not from here`);
  }

  private isOfThisLog({ log }: CommittedPosition): boolean {
    return log?.topicId === this.props.batch.log?.topicId;
  }

  /** Records of an aborted transaction are not counted, because they are retried. */
  private tell(outcome: TransactionOutcome['outcome']): void {
    const { attempted } = this;
    if (attempted === undefined) return;
    this.attempted = undefined;
    const seconds = (performance.now() - attempted.since) / 1_000;
    this.props.metrics?.transaction(outcome, seconds, outcome === 'aborted' ? [] : attempted.records);
  }

  private advance(position: bigint): void {
    const { log } = this.props.batch;
    this.stored = { offset: position, log };
    this.committed = position;
    this.props.refused.committed(position);
    this.outputs = this.outputs.filter(({ offset }) => offset >= position);
  }

  /** If a copy is too large, its stack trace is removed. A copy that is still rejected blocks the partition. */
  private copyRefused(refusal: RecordRefused): RetriableError {
    const copies = this.outputs.flatMap(({ records }) => records).filter(({ topic }) => topic === refusal.topic);
    if (isTooLarge(refusal) && copies.some(hasStack)) {
      this.outputs = this.outputs.map(({ records, ...of }) => ({
        ...of,
        records: records.map((record) => (record.topic === refusal.topic ? withoutStack(record) : record)),
      }));
    }
    return new CopyRefused(refusal, copies);
  }

  /**
   * Records handled since the last commit are handled again: one by one, or without the record whose output is
   * rejected.
   */
  private outputRefused(refusal: RecordRefused, position: bigint): OwnershipLost {
    const [first, ...others] = this.outputs.filter(({ offset }) => offset < position);
    if (first?.isOfOne === true && others.length === 0) this.props.refused.find(first, refusal);
    else this.props.refused.suspect(position);
    this.letGo();
    return new OwnershipLost(refusal.message, { cause: refusal });
  }

  private failureOf(error: unknown, position: bigint): unknown {
    if (error instanceof TransactionFailed && error.isFenced) this.letGo();
    if (error instanceof OwnershipLost) this.letGo();
    if (this.isOver) return new OwnershipLost('another has taken the partition over', { cause: error });
    const cause = error instanceof TransactionFailed ? error.cause : error;
    if (cause instanceof RecordRefused) {
      return this.copyTopics.has(cause.topic) ? this.copyRefused(cause) : this.outputRefused(cause, position);
    }
    const { topic, partition } = this.props.place;
    const last = position - 1n;
    const message = `what came of ${topic}-${partition} up to offset ${last} cannot be committed: ${(cause as Error).message}`;
    if (cause instanceof FatalError) return new FatalError(message, { cause });
    // The topics for copies get their partitions after the source topic.
    if (cause instanceof PartitionMissing && this.copyTopics.has(cause.topic))
      return new RetriableError(message, { cause: new RetriableError(cause.message, { cause }) });
    return this.failures.add(cause) ? new RetriableError(message, { cause }) : new FatalError(message, { cause });
  }
}

const isSame = (one: CommittedPosition | undefined, other: CommittedPosition | undefined): boolean =>
  one?.offset === other?.offset && one?.log?.topicId === other?.log?.topicId;

/** Makes the handler of the record end. */
function overAsOutage(error: unknown): never {
  throw error instanceof OwnershipLost ? new OutageError(error.message, { cause: error }) : error;
}
