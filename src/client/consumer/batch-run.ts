import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import type { PartitionProgress } from '../metrics/partition-progress';
import { patiently } from '../patiently';
import { TenureLost, type Commits } from './commits';
import { FatalError } from './errors';
import type { Handling } from './handling';
import { combined, groupChange, type Interruption } from './interruption';
import { isLater, Lanes } from './lanes';
import { consumedRecord, type ConsumedRecord, type RecordPlace } from './record';
import type { Slots } from './slots';
import type { Unit } from './units';
import { Watermark } from './watermark';

const COMMIT_PATIENCE_MS = 5_000;
const COMMIT_PAUSE_MS = 200;

/** Several a heartbeat interval, so that a rebalance is seen within about one. */
const TICKS_PER_HEARTBEAT = 3;

interface BatchRunProps<T extends TopicName> {
  readonly topic: T;
  readonly payload: EachBatchPayload;
  readonly slots: Slots;
  readonly handling: Handling<T>;
  readonly cut: (records: readonly ConsumedRecord<T>[]) => readonly Unit<T>[];
  readonly commits: Commits;
  readonly heartbeatIntervalMs: number;
  /** Told when the coordinator says that the partitions go; interrupts every run of the consumer, this one too. */
  readonly onGroupChange: (error: Error) => void;
  /** Told when nothing can be committed any more; ends the consumer. */
  readonly onFatal: (error: FatalError) => void;
}

/**
 * Handles what was fetched of one partition. kafkajs tells nobody that it joins the group again, but before it does it
 * waits for every `eachBatch` to return: so nothing runs and nothing is uncommitted beyond the end of one. Only a fetch that
 * meets a leader that has moved joins at once: then what runs is committed by the new generation, and what another member
 * has done meanwhile may be done again.
 */
export class BatchRun<T extends TopicName> {
  private readonly lanes: Lanes<Unit<T>>;
  private readonly watermark: Watermark;
  private readonly records: readonly ConsumedRecord<T>[];
  /** Of the records begun. */
  private highest = -1n;
  private readonly abandonment = new AbortController();
  private readonly abandoned: Promise<void>;
  private committed: bigint;
  private interruption: Interruption | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private readonly running = new Set<string>();
  private isOver = false;
  private isLost = false;

  constructor(private readonly props: BatchRunProps<T>) {
    const { topic, payload, slots, handling, cut, commits } = props;
    const { messages, partition } = payload.batch;
    this.records = messages
      .map((message) => consumedRecord({ topic, partition }, message))
      .filter(({ offset }) => commits.from === undefined || offset >= commits.from);
    const offsets = this.records.map(({ offset }) => offset);
    this.watermark = new Watermark(offsets, BigInt(payload.batch.lastOffset()) + 1n);
    this.committed = this.watermark.position;
    const { signal } = this.abandonment;
    // As many calls as run may look at it.
    setMaxListeners(0, signal);
    this.abandoned = new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.lanes = new Lanes(slots, cut(this.records), (unit) => {
      const { offset } = unit.records.at(-1) ?? { offset: -1n };
      if (offset > this.highest) this.highest = offset;
      const verdict = handling.attempt(unit, signal);
      return isLater(verdict) ? verdict.then((late) => this.note(unit, late)) : this.note(unit, verdict);
    });
  }

  /** @throws the coordinator's answer when the group changes, for kafkajs to act upon */
  async complete(): Promise<void> {
    const { payload, commits, heartbeatIntervalMs } = this.props;
    const ticking = setInterval(() => void this.tick(), heartbeatIntervalMs / TICKS_PER_HEARTBEAT);
    commits.whenOver?.(() => this.lose());
    try {
      this.lanes.start();
      await Promise.race([this.lanes.finished, this.abandoned]);
      if (commits.areAllOrNothing) await Promise.race([this.commitAtLast(), this.abandoned]);
    } finally {
      this.isOver = true;
      clearInterval(ticking);
      clearTimeout(this.deadline);
      this.abandonment.abort();
    }
    if (commits.areAllOrNothing) await this.letGoUnlessCommitted();
    else {
      // The position in memory moves before the commit: a commit that fails must not bring back what is done.
      if (this.interruption === undefined) payload.resolveOffset(payload.batch.lastOffset());
      await this.commit(COMMIT_PATIENCE_MS);
    }
    if (this.interruption?.error !== undefined) throw this.interruption.error;
  }

  /** Begins nothing more, and lets what runs finish until then. */
  interrupt(reason: Interruption): void {
    const all = combined(this.interruption, reason);
    this.interruption = all;
    this.lanes.stop();
    if (this.isOver) return;
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.abandonment.abort(), Math.max(0, all.finishBy - Date.now()));
  }

  get topic(): T {
    return this.props.topic;
  }

  /** Begun and not done. */
  get unfinished(): readonly RecordPlace<T>[] {
    return this.lanes.unfinished.flatMap(({ records }) =>
      records.map(({ topic, partition, offset }) => ({ topic, partition, offset })),
    );
  }

  /** How far it is. */
  get progress(): PartitionProgress {
    const { topic, payload } = this.props;
    return {
      topic,
      partition: payload.batch.partition,
      gap: Math.max(0, Number(this.highest + 1n - this.committed)),
      oldestTimestamp: this.records[this.watermark.firstOpen]?.timestamp,
    };
  }

  /** Resolves when what is done is committed, or must not be any more. */
  private async commitAtLast(): Promise<void> {
    for (;;) {
      await this.commit(0).catch((error: unknown) => this.heed(error));
      if (this.committed === this.watermark.position || !this.mayCommit) return;
      await delay(COMMIT_PAUSE_MS);
    }
  }

  /** kafkajs brings again what is not resolved: nothing of it may be left of this time. */
  private async letGoUnlessCommitted(): Promise<void> {
    const { payload, commits, heartbeatIntervalMs } = this.props;
    const isAllDone = this.watermark.firstOpen === this.records.length;
    if (isAllDone && this.committed === this.watermark.position) payload.resolveOffset(payload.batch.lastOffset());
    else commits.letGo?.();
    if (!this.isLost) return;
    // Whoever took the partition over may be the new member of it: then the coordinator says so by the next heartbeat.
    await delay(heartbeatIntervalMs);
    await payload.heartbeat();
  }

  private get mayCommit(): boolean {
    return this.interruption?.mayCommit !== false;
  }

  private note<V>(unit: Unit<T>, verdict: V): V {
    if (verdict === 'done')
      for (let index = 0; index < unit.records.length; index++) this.watermark.finish(unit.first + index);
    return verdict;
  }

  /**
   * kafkajs has no heartbeat of its own while a handler runs; it sends none before its interval is over. A commit that is a
   * transaction may take longer than the session: heartbeats do not wait for it.
   */
  private async tick(): Promise<void> {
    const isMember = await this.oneAtATime('heartbeat', () => this.props.payload.heartbeat());
    if (isMember) await this.oneAtATime('commit', () => this.commit(0));
  }

  /** @returns whether it was done now */
  private async oneAtATime(name: string, work: () => Promise<void>): Promise<boolean> {
    if (this.running.has(name)) return false;
    this.running.add(name);
    try {
      await work();
      return true;
    } catch (error) {
      this.heed(error);
      return false;
    } finally {
      this.running.delete(name);
    }
  }

  /** Other errors pass, or come again when the batch ends; an answer that comes later is about a past generation. */
  private heed(error: unknown): void {
    if (this.isOver) return;
    if (error instanceof TenureLost) this.lose();
    else if (error instanceof FatalError) {
      // It would be refused as often as it is tried.
      this.interrupt({ finishBy: Date.now(), mayCommit: false });
      this.props.onFatal(error);
    } else if (groupChange(error) !== undefined) this.props.onGroupChange(error as Error);
  }

  private lose(): void {
    if (this.isOver) return;
    this.isLost = true;
    this.interrupt({ finishBy: Date.now(), mayCommit: false });
  }

  private async commit(patienceMs: number): Promise<void> {
    const { position } = this.watermark;
    if (position === this.committed || !this.mayCommit) return;
    const change = await patiently(async () => {
      try {
        await this.props.commits.commit(position);
        this.committed = position;
        return undefined;
      } catch (error) {
        if (groupChange(error) === undefined) throw error;
        return error as Error;
      }
    }, patienceMs);
    if (change !== undefined) this.props.onGroupChange(change);
  }
}
