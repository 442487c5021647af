import type { TransactionOutcome } from './transaction-outcome';
import { quietKafka } from '../quiet-kafka';
import { patiently } from '../patiently';
import type { ClientMetrics } from '../metrics/client-metrics';
import { assertAvailable, type Compression } from '../producer/compression';
import { wasCommitted } from './committed';
import { FencedError } from './fenced';
import { byPartition, PartitionCounts } from './placement';
import type { TransactionRecord } from './transaction-record';
import { TransactionalSession, TransactionFailed, type SessionProps } from './transactional-session';

const TRANSACTION_TIMEOUT_MS = 30_000;
const RESOLVE_MS = 60_000;

/** How a writer works; nothing is read from the environment. */
export interface WriterOptions {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /**
   * Of this writer, and of it alone: stable, such as a StatefulSet's pod name, so that one that starts again ends what it
   * left open. Two writers of one id fence each other.
   */
  readonly transactionalId: string;
  /** After so long a transaction is aborted; readers of committed records wait no longer for it. @default 30 s */
  readonly transactionTimeoutMs?: number;
  /** Transactions are small. @default none */
  readonly compression?: Compression;
  /** How long it is asked what became of a transaction when the answer to its end was lost. @default a minute */
  readonly resolveMs?: number;
  /** @default none */
  readonly metrics?: ClientMetrics;
}

/** Writes records of several topics so that readers of committed records see all of them or none. */
export class TransactionalWriter {
  private session: TransactionalSession | undefined;
  private readonly counts: PartitionCounts;
  private readonly settings: SessionProps;
  /** One transaction after the other: a transactional id has one at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private fenced: FencedError | undefined;
  private isClosed = false;
  /** What failed last may still be open: whoever reads committed records waits for it. */
  private isLoose = false;

  private constructor(private readonly options: WriterOptions) {
    const { bootstrap, transactionalId, transactionTimeoutMs = TRANSACTION_TIMEOUT_MS, compression = 'none' } = options;
    assertAvailable(compression);
    this.settings = { bootstrap, transactionalId, transactionTimeoutMs, compression };
    this.counts = new PartitionCounts(quietKafka(bootstrap));
  }

  /** Ends what another writer of this id has left open, and keeps it from going on. @throws when no broker answers */
  static async open(options: WriterOptions): Promise<TransactionalWriter> {
    const writer = new TransactionalWriter(options);
    await writer.opened();
    return writer;
  }

  /** Waits for the transactions before it, then for its own outcome. Never rejects. */
  write(records: readonly TransactionRecord[]): Promise<TransactionOutcome> {
    const outcome = this.last.then(async (): Promise<TransactionOutcome> => {
      if (this.isClosed) return aborted(new Error('the writer is closed'));
      if (this.fenced !== undefined) return aborted(this.fenced);
      const begin = performance.now();
      const result = await this.transact(records);
      this.options.metrics?.transaction(result.outcome, (performance.now() - begin) / 1_000, records);
      return result;
    });
    this.last = outcome;
    return outcome;
  }

  /** Waits for the transactions that were begun, and ends what a failure has left open. */
  async close(): Promise<void> {
    await this.last;
    this.isClosed = true;
    // When this fails too, the coordinator ends it after the transaction's timeout.
    if (this.isLoose && this.fenced === undefined) await this.opened().catch(() => undefined);
    await this.discard();
  }

  private async transact(records: readonly TransactionRecord[]): Promise<TransactionOutcome> {
    try {
      const counts = await this.counts.of(records.map(({ topic }) => topic));
      const session = await this.opened();
      await session.run(byPartition(records, counts));
      return { outcome: 'committed' };
    } catch (error) {
      this.isLoose = true;
      await this.discard();
      return error instanceof TransactionFailed ? this.afterFailure(error) : aborted(error);
    }
  }

  private async afterFailure(failure: TransactionFailed): Promise<TransactionOutcome> {
    const { cause, isAtEnd, isFenced } = failure;
    const { transactionalId } = this.options;
    // To open another session would fence whoever has taken the id over; it has ended this transaction.
    if (isFenced) this.fenced = new FencedError(transactionalId, cause);
    if (!isAtEnd) return aborted(this.fenced ?? cause);
    return this.resolved(failure);
  }

  /** The next session ends the transaction, this way or that; then the log tells which. */
  private async resolved({ cause, places: [place] }: TransactionFailed): Promise<TransactionOutcome> {
    const { bootstrap, resolveMs: withinMs = RESOLVE_MS } = this.options;
    if (place === undefined) return aborted(cause);
    try {
      if (this.fenced === undefined) await patiently(() => this.opened(), withinMs);
      return (await wasCommitted({ bootstrap, place, withinMs })) ? { outcome: 'committed' } : aborted(cause);
    } catch {
      return { outcome: 'unknown', cause };
    }
  }

  private async opened(): Promise<TransactionalSession> {
    this.session ??= await TransactionalSession.open(this.settings);
    this.isLoose = false;
    return this.session;
  }

  private async discard(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    await session?.close();
  }
}

const aborted = (cause: unknown): TransactionOutcome => ({ outcome: 'aborted', cause });
