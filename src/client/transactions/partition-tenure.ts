import { TenureLost, type Commits } from '../consumer/commits';
import { FatalError, RetriableError } from '../consumer/errors';
import type { ClientMetrics } from '../metrics/client-metrics';
import { isHopeless } from '../producer/refusals';
import { byPartition, type PartitionCounts } from './placement';
import type { TransactionOutcome } from './transaction-outcome';
import type { TransactionRecord } from './transaction-record';
import {
  TransactionalSession,
  TransactionFailed,
  type ConsumedOffset,
  type SessionProps,
} from './transactional-session';

interface TenureProps<S> {
  readonly session: SessionProps;
  /** Of whose progress the partition is. */
  readonly place: Omit<ConsumedOffset, 'offset'>;
  readonly counts: PartitionCounts;
  readonly metrics: ClientMetrics | undefined;
  /** Where the group goes on; nothing when it has never committed. @throws when the coordinator does not answer */
  readonly readCommitted: () => Promise<bigint | undefined>;
  readonly restore: () => Promise<S>;
}

/** A transaction up to a position, since a moment of the process's clock. */
interface Attempted {
  readonly position: bigint;
  readonly since: number;
  readonly records: readonly TransactionRecord[];
}

/**
 * One member's time with a partition: what came of its records and how far they are handled is committed together, in
 * transactions. kafkajs cannot have the group's generation checked with them; instead the partition has a transactional id,
 * and who takes the id over, and only then reads how far the group is, knows that nobody else goes on.
 */
export class PartitionTenure<S> implements Commits {
  readonly areAllOrNothing = true;
  private hasEnded = false;
  private tellOver: () => void = () => undefined;
  private outputs: { readonly offset: bigint; readonly records: readonly TransactionRecord[] }[] = [];
  /** The transaction whose outcome is not known. */
  private attempted: Attempted | undefined;
  private last: Promise<void> = Promise.resolve();
  private session: TransactionalSession | undefined;
  private committed: bigint | undefined;
  /** What the handler keeps of the partition; gone with the tenure. */
  readonly state: S;

  private constructor(
    private readonly props: TenureProps<S>,
    begin: { readonly session: TransactionalSession; readonly committed: bigint | undefined; readonly state: S },
  ) {
    this.session = begin.session;
    this.committed = begin.committed;
    this.state = begin.state;
  }

  /** When this resolves, everybody who had the partition before has ended. @throws when no broker answers */
  static async take<S>(props: TenureProps<S>): Promise<PartitionTenure<S>> {
    const session = await TransactionalSession.open(props.session);
    try {
      const committed = await props.readCommitted();
      return new PartitionTenure(props, { session, committed, state: await props.restore() });
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** Once it is, another has to be taken; what was handled and not committed is handled again. */
  get isOver(): boolean {
    return this.hasEnded;
  }

  whenOver(tell: () => void): void {
    this.tellOver = tell;
    if (this.hasEnded) tell();
  }

  get from(): bigint | undefined {
    return this.committed;
  }

  /** What comes of the record there; in the log once the record, and all before it, is committed. */
  put(offset: bigint, records: readonly TransactionRecord[]): void {
    if (!this.isOver && records.length > 0) this.outputs.push({ offset, records });
  }

  /**
   * One after the other; what fails may be tried again.
   * @throws {RetriableError} when it failed, or nobody knows
   * @throws {TenureLost} when somebody else has taken the partition over
   * @throws {FatalError} when it would fail for ever
   */
  commit(position: bigint): Promise<void> {
    const work = this.last.then(() => this.transact(position));
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

  private async transact(position: bigint): Promise<void> {
    if (this.isOver) throw new TenureLost('the partition was let go');
    if (this.committed !== undefined && position <= this.committed) return;
    try {
      this.session ??= await this.reopened();
      // The transaction before was committed after all.
      if (this.committed !== undefined && position <= this.committed) return;
      const due = this.outputs.filter(({ offset }) => offset < position).flatMap(({ records }) => records);
      const counts = await this.props.counts.of(due.map(({ topic }) => topic));
      this.attempted = { position, since: performance.now(), records: due };
      await this.session.run(byPartition(due, counts), { ...this.props.place, offset: position });
      this.tell('committed');
      this.advance(position);
    } catch (error) {
      if (error instanceof TransactionFailed && !error.isAtEnd) this.tell('aborted');
      await this.discard();
      throw this.judged(error);
    }
  }

  private async discard(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    await session?.close();
  }

  /** Ends what the session before left, and looks what became of it. */
  private async reopened(): Promise<TransactionalSession> {
    const session = await TransactionalSession.open(this.props.session);
    const committed = await this.props.readCommitted().catch(async (error: unknown) => {
      await session.close();
      throw error;
    });
    if (committed === this.committed) {
      this.tell('aborted');
      return session;
    }
    if (committed !== undefined && committed === this.attempted?.position) {
      this.tell('committed');
      this.advance(committed);
      return session;
    }
    await session.close();
    throw new TenureLost(`the group is at ${committed ?? 'no offset'}, which is not from here`);
  }

  /** What is aborted is tried again. */
  private tell(outcome: TransactionOutcome['outcome']): void {
    const { attempted } = this;
    if (attempted === undefined) return;
    this.attempted = undefined;
    const seconds = (performance.now() - attempted.since) / 1_000;
    this.props.metrics?.transaction(outcome, seconds, outcome === 'aborted' ? [] : attempted.records);
  }

  private advance(position: bigint): void {
    this.committed = position;
    this.outputs = this.outputs.filter(({ offset }) => offset >= position);
  }

  private judged(error: unknown): unknown {
    if (error instanceof TransactionFailed && error.isFenced) this.letGo();
    if (error instanceof TenureLost) this.letGo();
    if (this.isOver) return new TenureLost('another has taken the partition over', { cause: error });
    const cause = error instanceof TransactionFailed ? error.cause : error;
    const message = `what came of ${this.props.place.topic}-${this.props.place.partition} cannot be committed: ${(cause as Error).message}`;
    if (cause instanceof FatalError || isHopeless(cause)) return new FatalError(message, { cause });
    return new RetriableError(message, { cause });
  }
}
