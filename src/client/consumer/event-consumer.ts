import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { TopicName } from '../../topics/catalogue';
import type { GroupMeter, LettersOf } from '../metrics/group-meter';
import { METADATA_MAX_AGE_MS, quietKafka } from '../quiet-kafka';
import { BatchRun } from './batch-run';
import { ConsumerEnded, type EndReason } from './consumer-ended';
import { Handling } from './handling';
import { memberCommits, type Commits, type Tenures } from './commits';
import { isHopeless } from '../producer/refusals';
import { classify } from './errors';
import { combined, groupChange, type Interruption } from './interruption';
import { DEFAULTS, settle, type ConsumerOptions } from './options';
import type { ConsumedRecord, RecordPlace } from './record';
import { Slots } from './slots';
import { unitsByCount, unitsByKey, type Unit } from './units';

/** kafkajs hands out a partition at a time; how much runs at once is for the slots to say. */
const PARTITIONS_AT_ONCE = 256;

/** kafkajs's own for consumers, which naming another setting of its retries would replace. */
const RETRIES = 5;

/** Before a partition is tried to be taken over again. */
const TAKE_OVER_PAUSE_MS = 500;

/** Below the 30 s that Kubernetes gives a pod. */
const CLOSE_DEADLINE_MS = 25_000;

/** At the least, for what was begun of a transaction; who has a partition next ends what is left of it. */
const LET_GO_MS = 1_000;

/** Kept of a deadline for the last commit and for leaving the group. */
const LEAVE_SHARE = 0.2;

/** For the patterns that are built on it. */
interface Internals<T extends TopicName> {
  /** Who commits. @default the member of the group */
  readonly tenures?: Tenures;
  /** When a record may be handled at the earliest, in milliseconds since 1970. @default at once */
  readonly notBefore?: (record: ConsumedRecord<T>) => number;
  /** As `ClientMetrics.group` takes it. */
  readonly lettersOf?: LettersOf;
}

/** How a consumer was closed. */
export interface Closed<T extends TopicName> {
  /** Begun and not done by the deadline; they are handled again, for they are not committed. */
  readonly abandoned: readonly RecordPlace<T>[];
  /** False when the group could not be told in time: it notices when the session is over. */
  readonly hasLeft: boolean;
}

/**
 * Handles every record at least once: parallel across keys, in order within one. Commits only below what is all done,
 * so that a crash repeats what stands above and loses nothing.
 *
 * kafkajs fetches from a broker again when all that it brought is handled: a slow topic holds up the others of the
 * same consumer and belongs into one of its own.
 */
export class EventConsumer<T extends TopicName> {
  /**
   * Resolves once closed. Rejects with a `ConsumerEnded` when the consumer ends otherwise; a process that does not look
   * at it dies of it, as one that consumes no more should not live on.
   */
  readonly ended: Promise<void>;
  private readonly consumer: Consumer;
  private readonly meter: GroupMeter | undefined;
  private readonly settings: ReturnType<typeof settle<T>>;
  private readonly slots: Slots;
  private readonly handling: Handling<T>;
  private readonly runs = new Set<BatchRun<T>>();
  private readonly abandoned: RecordPlace<T>[] = [];
  private interruption: Interruption | undefined;
  private closing: Promise<Closed<T>> | undefined;
  private joined = false;
  /** Of them, one after another, nobody says whether they pass. */
  private oddTakeOvers = 0;
  private unwatch: (() => void) | undefined;
  private resolveEnded: () => void = () => undefined;
  private rejectEnded: (why: ConsumerEnded) => void = () => undefined;

  private constructor(
    private readonly options: ConsumerOptions<T>,
    private readonly internals: Internals<T>,
  ) {
    const settings = settle(options);
    this.settings = settings;
    this.meter = options.metrics?.group(options.groupId, internals.lettersOf);
    this.slots = new Slots({ calls: settings.maxInFlight, bytes: settings.maxInFlightBytes });
    this.handling = new Handling({
      handle: batchHandler(options),
      onPermanent: options.onPermanent,
      backOff: settings.backOff,
      maxAttempts: settings.maxAttempts,
      maxUnclassifiedAttempts: settings.maxUnclassifiedAttempts,
      handlerTimeoutMs: settings.handlerTimeoutMs,
      meter: this.meter,
      notBefore: internals.notBefore,
      onEnd: (reason, error) => this.end(reason, error),
    });
    this.ended = new Promise((resolve, reject) => {
      this.resolveEnded = resolve;
      this.rejectEnded = reject;
    });
    // A client of its own: consumers of one client and group share a cache of committed offsets.
    this.consumer = quietKafka(options.bootstrap).consumer({
      groupId: options.groupId,
      sessionTimeout: settings.sessionTimeoutMs,
      heartbeatInterval: settings.heartbeatIntervalMs,
      rebalanceTimeout: settings.rebalanceTimeoutMs,
      maxWaitTimeInMs: settings.maxWaitMs,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      // One that crashes while it is closed would come back to life.
      retry: { retries: RETRIES, restartOnFailure: () => Promise.resolve(this.closing === undefined) },
      allowAutoTopicCreation: false,
    });
  }

  /** Resolves when the group has been joined. @throws when it cannot be */
  static async start<T extends TopicName>(
    options: ConsumerOptions<T>,
    internals: Internals<T> = {},
  ): Promise<EventConsumer<T>> {
    const consumer = new EventConsumer(options, internals);
    try {
      await consumer.run();
    } catch (error) {
      await consumer.consumer.disconnect().catch(() => undefined);
      throw error;
    }
    return consumer;
  }

  /** Whether the group counts on this member; what readiness should tell. */
  get isMember(): boolean {
    return this.joined;
  }

  /**
   * Begins nothing more and stays in the group.
   * @returns whether all that ran was done within the deadline
   */
  async pause(deadlineMs = CLOSE_DEADLINE_MS): Promise<boolean> {
    this.slots.hold();
    return inTime(this.slots.idle(), deadlineMs);
  }

  resume(): void {
    this.slots.resume();
  }

  /** Begins nothing more, lets what runs finish within the deadline, commits and leaves the group. */
  async close(deadlineMs = CLOSE_DEADLINE_MS): Promise<Closed<T>> {
    const closed = await this.shutDown(deadlineMs);
    this.resolveEnded();
    return closed;
  }

  private async run(): Promise<void> {
    const { consumer } = this;
    this.unwatch = this.meter?.watch(() => [...this.runs].map(({ progress }) => progress));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.joined = true;
      this.internals.tenures?.rejoined();
      this.meter?.rebalanced();
      if (this.closing === undefined) this.interruption = undefined;
    });
    consumer.on(consumer.events.REBALANCING, () => void (this.joined = false));
    // Told also when kafkajs says of a rebalance only after it has joined by another way, as it may while brokers come and go.
    consumer.on(consumer.events.HEARTBEAT, () => void (this.joined = this.closing === undefined));
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.joined = false;
      // One that kafkajs starts again joins anew.
      if (!payload.restart) this.end('crashed', payload.error);
    });
    await consumer.connect();
    // Otherwise what was written before the first commit of a partition would be passed over.
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (payload) => this.handleBatch(payload),
    });
    // kafkajs does not say of a crash while it joins; the event came before this.
    if (this.closing !== undefined) await this.ended;
  }

  private async handleBatch(payload: EachBatchPayload): Promise<void> {
    if (this.isMakingWay()) return;
    const commits = await this.commits(payload);
    // What is not resolved kafkajs brings again.
    if (commits === undefined || this.isMakingWay()) return;
    const run = new BatchRun<T>({
      // Nothing else is subscribed to.
      topic: payload.batch.topic as T,
      payload,
      commits,
      slots: this.slots,
      handling: this.handling,
      cut: (records) => cut(this.options, records),
      heartbeatIntervalMs: this.settings.heartbeatIntervalMs,
      onGroupChange: (error) => this.makeWay(error),
      onFatal: (error) => this.end('fatal', error),
    });
    this.runs.add(run);
    try {
      await run.complete();
    } finally {
      this.runs.delete(run);
      this.meter?.consumed(run.topic, 'abandoned', run.unfinished.length);
      this.abandoned.push(...(this.closing === undefined ? [] : run.unfinished));
    }
  }

  /** What is fetched while the others make way is not begun. @throws what kafkajs has to know */
  private isMakingWay(): boolean {
    if (this.interruption?.error !== undefined) throw this.interruption.error;
    return this.interruption !== undefined;
  }

  /** @returns nothing when the partition cannot be taken over now */
  private async commits(payload: EachBatchPayload): Promise<Commits | undefined> {
    const { tenures } = this.internals;
    if (tenures === undefined) return memberCommits(payload);
    const { topic, partition } = payload.batch;
    const beating = setInterval(
      () => void payload.heartbeat().catch(() => undefined),
      this.settings.heartbeatIntervalMs,
    );
    try {
      const commits = await tenures.of(topic, partition);
      this.oddTakeOvers = 0;
      return commits;
    } catch (error) {
      if (this.mayTakeOverLater(error)) await delay(TAKE_OVER_PAUSE_MS);
      else this.end('fatal', error);
      return undefined;
    } finally {
      clearInterval(beating);
    }
  }

  /** A partition that cannot be taken over is not read: what does not pass must not be waited for unseen. */
  private mayTakeOverLater(error: unknown): boolean {
    const kind = isHopeless(error) ? 'fatal' : classify(error);
    if (kind === 'unclassified') this.oddTakeOvers += 1;
    return kind !== 'fatal' && kind !== 'permanent' && this.oddTakeOvers < this.settings.maxUnclassifiedAttempts;
  }

  /** The partitions go: at once when they are lost, else when what runs is done, within the deadline. */
  private makeWay(error: Error): void {
    const isLost = groupChange(error) === 'lost';
    const finishBy = Date.now() + (isLost ? 0 : this.settings.revokeDeadlineMs);
    this.interrupt({ finishBy, mayCommit: !isLost, error });
  }

  private interrupt(reason: Interruption): void {
    // The deadline runs from the first word of it: each further heartbeat says the same.
    this.interruption = combined(this.interruption, reason);
    for (const run of this.runs) run.interrupt(this.interruption);
  }

  private end(reason: EndReason, error: unknown): void {
    if (this.closing !== undefined) return;
    void this.shutDown(CLOSE_DEADLINE_MS).then(() => this.rejectEnded(new ConsumerEnded(reason, error)));
  }

  /** Whoever comes first decides the deadline. */
  private shutDown(deadlineMs: number): Promise<Closed<T>> {
    this.closing ??= (async () => {
      this.interrupt({ finishBy: Date.now() + deadlineMs * (1 - LEAVE_SHARE), mayCommit: true });
      const leaving = this.consumer.disconnect().catch(() => undefined);
      const until = Date.now() + deadlineMs;
      const hasLeft = await inTime(leaving, deadlineMs);
      const letGo = this.internals.tenures?.close() ?? Promise.resolve();
      await inTime(letGo, Math.max(until - Date.now(), LET_GO_MS));
      this.unwatch?.();
      this.joined = false;
      const running = [...this.runs].flatMap((run) => run.unfinished);
      return { abandoned: [...this.abandoned, ...running], hasLeft };
    })();
    return this.closing;
  }
}

const batchHandler = <T extends TopicName>(options: ConsumerOptions<T>) => {
  const { handle, handleBatch } = options;
  if (handleBatch !== undefined) return handleBatch;
  return (records: readonly ConsumedRecord<T>[], context: Parameters<typeof handle>[1]) => {
    const [record] = records;
    return record === undefined ? undefined : handle(record, context);
  };
};

const cut = <T extends TopicName>(
  { handleBatch, batchRecords }: ConsumerOptions<T>,
  records: readonly ConsumedRecord<T>[],
): readonly Unit<T>[] =>
  handleBatch === undefined ? unitsByKey(records) : unitsByCount(records, batchRecords ?? DEFAULTS.batchRecords);

/** @returns false when the time was over first */
async function inTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([work.then(() => true), delay(ms, false, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
