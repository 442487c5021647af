import { ClientClosed } from '../errors';
import type { KafkaConnection } from '../../protocol/connection';
import type { Catalogue } from '../catalogue';
import type { TransactionOutcome } from './transaction-outcome';
import { connectKafka } from '../kafka-client';
import { withRetries } from '../with-retries';
import type { ClientMetrics } from '../metrics/client-metrics';
import { printNotice, type NoticeListener } from '../notices';
import { assertAvailable, type Compression } from '../producer/compression';
import { wasCommitted } from './committed';
import { FencedError } from './fenced';
import { byPartition, PartitionCounts } from './placement';
import { firstUnencodable } from './first-unencodable';
import { untyped, type TransactionRecord } from './transaction-record';
import { TransactionalSession, TransactionFailed, type SessionProps } from './transactional-session';

const TRANSACTION_TIMEOUT_MS = 30_000;
const RESOLVE_MS = 60_000;

/** Options of a writer. Nothing is read from the environment. */
export interface WriterOptions {
  readonly connection: KafkaConnection;
  /**
   * Transactional id, unique to this writer and stable across restarts, such as the pod name of a StatefulSet. A
   * restarted writer ends the transaction that its predecessor left open. Two writers with the same id fence each
   * other.
   */
  readonly transactionalId: string;
  /**
   * Time after which a transaction is aborted, so that `read_committed` consumers no longer wait for it. @default 30 s
   */
  readonly transactionTimeoutMs?: number;
  /** Compression. Transactions are usually small. @default none */
  readonly compression?: Compression;
  /**
   * How long the writer tries to find out the outcome of a transaction after the response to its end was lost, in
   * milliseconds. @default 1 minute
   */
  readonly resolveMs?: number;
  /** Metrics that the writer updates. @default none */
  readonly metrics?: ClientMetrics;
  /** Told which servers do not answer; what it throws ends the writer. @default a line to standard error */
  readonly onNotice?: NoticeListener;
}

/** Writes records to several topics atomically: `read_committed` consumers see all of them or none. */
export class TransactionalWriter<C extends Catalogue = Catalogue> {
  private session: TransactionalSession | undefined;
  private readonly counts: PartitionCounts;
  private readonly settings: SessionProps;
  /** Rejects with what the listener of notices throws. */
  private readonly ended: Promise<never>;
  private end: (error: unknown) => void = () => undefined;
  /** One transaction after the other: a transactional id has one at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private fenced: FencedError | undefined;
  private isClosed = false;
  /** Whether the last failed transaction may still be open, so that `read_committed` consumers wait for it. */
  private isLoose = false;

  private constructor(private readonly options: WriterOptions) {
    const { transactionalId } = options;
    const { connection } = options;
    const { transactionTimeoutMs = TRANSACTION_TIMEOUT_MS, compression = 'none' } = options;
    assertAvailable(compression);
    this.ended = new Promise((_, reject) => (this.end = reject));
    this.ended.catch(() => undefined);
    const target = { onNotice: options.onNotice ?? printNotice, onFatal: (error: unknown) => this.end(error) };
    this.settings = { connection, transactionalId, transactionTimeoutMs, compression, target };
    this.counts = new PartitionCounts(connectKafka(connection, target));
  }

  /**
   * Opens a writer. Ends the transaction that another writer of this id left open, and fences that writer. @throws if
   * no broker answers
   */
  static async open<C extends Catalogue>(options: WriterOptions): Promise<TransactionalWriter<C>> {
    const writer = new TransactionalWriter<C>(options);
    await writer.opened();
    return writer;
  }

  /** Waits for earlier transactions, then for the outcome of this one. Never rejects. */
  write(outputs: readonly TransactionRecord<C>[]): Promise<TransactionOutcome> {
    const records = untyped(outputs);
    const outcome = this.last.then(async (): Promise<TransactionOutcome> => {
      if (this.isClosed) return aborted(new ClientClosed('the writer is closed'));
      if (this.fenced !== undefined) return aborted(this.fenced);
      const begin = performance.now();
      const result = await this.transact(records);
      this.options.metrics?.transaction(result.outcome, (performance.now() - begin) / 1_000, records);
      return result;
    });
    this.last = outcome;
    return outcome;
  }

  /** Waits for started transactions, and ends a transaction that a failure left open. */
  async close(): Promise<void> {
    await this.last;
    this.isClosed = true;
    // If this fails as well, the coordinator ends the transaction after its timeout.
    if (this.isLoose && this.fenced === undefined) await this.opened().catch(() => undefined);
    await this.discard();
  }

  private async transact(records: readonly TransactionRecord[]): Promise<TransactionOutcome> {
    const problem = firstUnencodable(records);
    if (problem !== undefined) return aborted(problem);
    try {
      const counts = await Promise.race([this.ended, this.counts.of(records)]);
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
    // Opening another session would fence the producer that has taken over the id. That producer has already ended this
    // transaction.
    if (isFenced) this.fenced = new FencedError(transactionalId, cause);
    if (!isAtEnd) return aborted(this.fenced ?? cause);
    return this.resolved(failure);
  }

  /** The next session ends the transaction; then the log shows whether it was committed or aborted. */
  private async resolved({ cause, places: [place] }: TransactionFailed): Promise<TransactionOutcome> {
    const { resolveMs: withinMs = RESOLVE_MS } = this.options;
    const { connection } = this.settings;
    if (place === undefined) return aborted(cause);
    try {
      if (this.fenced === undefined) await withRetries(() => this.opened(), withinMs);
      return (await wasCommitted({ connection, place, withinMs })) ? { outcome: 'committed' } : aborted(cause);
    } catch {
      return { outcome: 'unknown', cause };
    }
  }

  private async opened(): Promise<TransactionalSession> {
    this.session ??= await this.openedAnew();
    this.isLoose = false;
    return this.session;
  }

  private async openedAnew(): Promise<TransactionalSession> {
    const opening = TransactionalSession.open(this.settings);
    try {
      return await Promise.race([this.ended, opening]);
    } catch (error) {
      void opening.then((session) => session.close()).catch(() => undefined);
      throw error;
    }
  }

  private async discard(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    await session?.close();
  }
}

const aborted = (cause: unknown): TransactionOutcome => ({ outcome: 'aborted', cause });
