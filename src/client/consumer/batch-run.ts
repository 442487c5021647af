import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { PartitionProgress } from '../metrics/partition-progress';
import { withRetries } from '../with-retries';
import { backOffMs } from './back-off';
import { OwnershipLost, type Commits } from './commits';
import { FatalError } from '../errors';
import type { Handling } from './handling';
import { combined, groupChange, type Interruption } from './interruption';
import { isLater, PartitionWorker } from './partition-worker';
import { consumedRecord, type ConsumedRecord, type RecordPlace } from './record';
import type { Slots } from './slots';
import type { Unit } from './units';
import { CommittableOffset } from './committable-offset';

const COMMIT_RETRY_MS = 5_000;
const COMMIT_PAUSE_MS = 200;
/** Waiting times between attempts of a failing commit. */
const COMMIT_BACK_OFF = { firstMs: COMMIT_PAUSE_MS, maxMs: 10_000 };

/** A failing commit or heartbeat of a run, and the number of consecutive failures. */
export interface RunFailure {
  readonly work: 'commit' | 'heartbeat';
  /** Offset of the first uncommitted record. */
  readonly offset: bigint;
  readonly attempts: number;
  readonly cause: unknown;
}

/** Several checks per heartbeat interval, so that a rebalance is noticed within about one interval. */
const TICKS_PER_HEARTBEAT = 3;

interface BatchRunProps<T extends string> {
  readonly topic: T;
  readonly payload: EachBatchPayload;
  readonly slots: Slots;
  readonly handling: Handling<T>;
  readonly cut: (records: readonly ConsumedRecord<T>[]) => readonly Unit<T>[];
  readonly commits: Commits;
  readonly heartbeatIntervalMs: number;
  /**
   * Called when the coordinator reports that the member loses its partitions. Interrupts all runs of the consumer,
   * including this one.
   */
  readonly onGroupChange: (error: Error) => void;
  /** Called when commits are no longer possible. Ends the consumer. */
  readonly onFatal: (error: FatalError, place: RecordPlace<T>) => void;
  /**
   * Called when a commit or heartbeat fails and will be retried. `onSucceeded` is called when it succeeds afterwards.
   */
  readonly onFailed: (failure: RunFailure) => void;
  readonly onSucceeded: (work: RunFailure['work']) => void;
}

/**
 * Handles one fetched batch of one partition. kafkajs does not announce that it rejoins the group, but it first waits
 * for all `eachBatch` calls to return. When a run ends, no handler is running and everything that was done is
 * committed. There is one exception: a fetch from a broker that is no longer the leader rejoins immediately. Running
 * work is then committed with the new generation, and records that another member handled in the meantime may be
 * handled again.
 */
export class BatchRun<T extends string> {
  private readonly worker: PartitionWorker<Unit<T>>;
  private readonly committable: CommittableOffset;
  private readonly records: readonly ConsumedRecord<T>[];
  /** Highest offset among the started records. */
  private highest = -1n;
  private readonly abandonment = new AbortController();
  private readonly abandoned: Promise<void>;
  private committed: bigint;
  private interruption: Interruption | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private readonly running = new Set<string>();
  private isOver = false;
  private isLost = false;
  private readonly failed = { commit: 0, heartbeat: 0 };
  private nextCommitAt = 0;

  constructor(private readonly props: BatchRunProps<T>) {
    const { topic, payload, slots, handling, cut, commits } = props;
    const { messages, partition } = payload.batch;
    this.records = messages
      .map((message) => consumedRecord({ topic, partition }, message))
      .filter(({ offset }) => commits.from === undefined || offset >= commits.from);
    const offsets = this.records.map(({ offset }) => offset);
    this.committable = new CommittableOffset(offsets, BigInt(payload.batch.lastOffset()) + 1n);
    // A batch without records to handle is still committed as read.
    this.committed = offsets.length > 0 ? this.committable.position : (commits.from ?? 0n);
    const { signal } = this.abandonment;
    // Every running handler call may add a listener.
    setMaxListeners(0, signal);
    this.abandoned = new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.worker = new PartitionWorker(slots, cut(this.records), (unit) => {
      const { offset } = unit.records.at(-1) ?? { offset: -1n };
      if (offset > this.highest) this.highest = offset;
      const verdict = handling.attempt(unit, signal);
      return isLater(verdict) ? verdict.then((late) => this.note(unit, late)) : this.note(unit, verdict);
    });
  }

  /** @throws the coordinator's error when the group rebalances; kafkajs acts on it */
  async complete(): Promise<void> {
    const { payload, commits, heartbeatIntervalMs } = this.props;
    const ticking = setInterval(() => void this.tick(), heartbeatIntervalMs / TICKS_PER_HEARTBEAT);
    commits.whenOver?.(() => this.lose());
    try {
      this.worker.start();
      await Promise.race([this.worker.finished, this.abandoned]);
      if (commits.areAllOrNothing) await Promise.race([this.commitAtLast(), this.abandoned]);
    } finally {
      this.isOver = true;
      clearInterval(ticking);
      clearTimeout(this.deadline);
      this.abandonment.abort();
    }
    if (commits.areAllOrNothing) await this.letGoUnlessCommitted();
    else {
      // The position in memory moves before the commit, so that a failed commit does not make kafkajs deliver handled
      // records again.
      if (this.interruption === undefined && !this.isOutdated) payload.resolveOffset(payload.batch.lastOffset());
      await this.commit(COMMIT_RETRY_MS);
    }
    if (this.interruption?.error !== undefined) throw this.interruption.error;
  }

  /** Starts no more records, and lets running handlers finish until the deadline. */
  interrupt(reason: Interruption): void {
    const all = combined(this.interruption, reason);
    this.interruption = all;
    this.worker.stop();
    if (this.isOver) return;
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.abandonment.abort(), Math.max(0, all.finishBy - Date.now()));
  }

  get topic(): T {
    return this.props.topic;
  }

  /** Records that were started and are not done. */
  get unfinished(): readonly RecordPlace<T>[] {
    return this.worker.unfinished.flatMap(({ records }) =>
      records.map(({ topic, partition, offset }) => ({ topic, partition, offset })),
    );
  }

  /** The progress in this partition. */
  get progress(): PartitionProgress {
    const { topic, payload } = this.props;
    return {
      topic,
      partition: payload.batch.partition,
      gap: Math.max(0, Number(this.highest + 1n - this.committed)),
      oldest: this.records.find(({ offset }) => offset >= this.committed),
    };
  }

  /** Whether all fetched records are done and committed. */
  get isCommitted(): boolean {
    return this.committable.firstOpen === this.records.length && this.committed === this.committable.position;
  }

  /** Resolves when everything that is done has been committed, or when commits are no longer allowed. */
  private async commitAtLast(): Promise<void> {
    for (;;) {
      await delay(Math.max(0, this.nextCommitAt - Date.now()));
      await this.commit(0).catch((error: unknown) => this.heed('commit', error));
      if (this.committed === this.committable.position || !this.mayCommit) return;
      await delay(COMMIT_PAUSE_MS);
    }
  }

  /**
   * kafkajs delivers unresolved records again. The ownership is therefore given up, and with it the outputs of this
   * run.
   */
  private async letGoUnlessCommitted(): Promise<void> {
    const { payload, commits, heartbeatIntervalMs } = this.props;
    if (this.isCommitted && !this.isOutdated) payload.resolveOffset(payload.batch.lastOffset());
    else commits.letGo?.();
    if (!this.isLost) return;
    // The new owner may be the partition's new member in the group. In that case the next heartbeat reports the
    // rebalance.
    await delay(heartbeatIntervalMs);
    await payload.heartbeat();
  }

  private get mayCommit(): boolean {
    return this.interruption?.mayCommit !== false && !this.isOutdated;
  }

  /** An offset of an outdated batch refers to a different record in the current log. */
  private get isOutdated(): boolean {
    return this.props.commits.isOutdated?.() === true;
  }

  private note<V>(unit: Unit<T>, verdict: V): V {
    if (verdict === 'done')
      for (let index = 0; index < unit.records.length; index++) this.committable.finish(unit.first + index);
    return verdict;
  }

  /**
   * kafkajs sends no heartbeats while a handler runs; `heartbeat` sends one only after the heartbeat interval. A
   * transactional commit may take longer than the session timeout, so heartbeats do not wait for it.
   */
  private async tick(): Promise<void> {
    const isMember = await this.oneAtATime('heartbeat', () => this.props.payload.heartbeat());
    if (isMember && Date.now() >= this.nextCommitAt) await this.oneAtATime('commit', () => this.commit(0));
  }

  /** @returns whether the work was done in this call */
  private async oneAtATime(name: RunFailure['work'], work: () => Promise<void>): Promise<boolean> {
    if (this.running.has(name)) return false;
    this.running.add(name);
    try {
      await work();
      if (name === 'heartbeat') this.succeeded(name);
      return true;
    } catch (error) {
      this.heed(name, error);
      return false;
    } finally {
      this.running.delete(name);
    }
  }

  /**
   * Other errors are retried, or occur again at the end of the batch. A late response concerns an earlier generation
   * and is ignored.
   */
  private heed(work: RunFailure['work'], error: unknown): void {
    if (this.isOver) return;
    if (error instanceof OwnershipLost) this.lose();
    else if (error instanceof FatalError) {
      // Every further attempt would be rejected as well.
      this.interrupt({ finishBy: Date.now(), mayCommit: false });
      this.props.onFatal(error, {
        topic: this.topic,
        partition: this.props.payload.batch.partition,
        offset: this.committed,
      });
    } else if (groupChange(error) !== undefined) this.props.onGroupChange(error as Error);
    else {
      const attempts = (this.failed[work] += 1);
      if (work === 'commit') this.nextCommitAt = Date.now() + backOffMs(COMMIT_BACK_OFF, attempts);
      this.props.onFailed({ work, offset: this.committed, attempts, cause: error });
    }
  }

  private succeeded(work: RunFailure['work']): void {
    if (this.failed[work] === 0) return;
    this.failed[work] = 0;
    this.props.onSucceeded(work);
  }

  private lose(): void {
    if (this.isOver) return;
    this.isLost = true;
    this.interrupt({ finishBy: Date.now(), mayCommit: false });
  }

  private async commit(timeoutMs: number): Promise<void> {
    const { position } = this.committable;
    if (position === this.committed || !this.mayCommit) return;
    const change = await withRetries(async () => {
      try {
        await this.props.commits.commit(position);
        this.committed = position;
        this.succeeded('commit');
        return undefined;
      } catch (error) {
        if (groupChange(error) === undefined) throw error;
        return error as Error;
      }
    }, timeoutMs);
    if (change !== undefined) this.props.onGroupChange(change);
  }
}
