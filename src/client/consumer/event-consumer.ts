import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { withBatchesWithoutRecords } from '../kafkajs-patches/batches-without-records';
import type { GroupMeter, DeadLettersOf } from '../metrics/group-meter';
import type { RecordsMissing } from '../notices';
import { GroupPositions } from '../positions/group-positions';
import { BatchRun } from './batch-run';
import { ConsumerEnded, type EndReason } from './consumer-ended';
import { Handling } from './handling';
import { memberCommits, type Ownerships } from './commits';
import { Failures } from './failures';
import { fetchedOf } from './fetched';
import { combined, groupChange, type Interruption } from './interruption';
import { kafkaConsumer } from './kafka-consumer';
import { settle, type ConsumerOptions } from './options';
import { consumedRecord, type ConsumedRecord, type RecordPlace } from './record';
import { Restarts } from './restarts';
import { Slots } from './slots';
import { TakeOver } from './take-over';
import { Uncommitted } from './uncommitted';
import { batchHandler, cut } from './work';

/**
 * kafkajs handles this number of partitions in parallel. The slots limit the handler calls that run at the same time.
 */
const PARTITIONS_AT_ONCE = 256;

/** Less than Kubernetes' default grace period of 30 s. */
const CLOSE_DEADLINE_MS = 25_000;

/** Minimum time for ending an open transaction. The next owner of the partition ends it otherwise. */
const LET_GO_MS = 1_000;

/** Share of a deadline reserved for the last commit and for leaving the group. */
const LEAVE_SHARE = 0.2;

/** Options for clients that are built on this consumer. */
interface Internals<T extends string> {
  /** Commits instead of the group member. @default the group member commits */
  readonly ownerships?: Ownerships;
  /** The earliest time at which a record may be handled, in milliseconds since 1970. @default immediately */
  readonly notBefore?: (record: ConsumedRecord<T>) => number;
  /** See the parameter of `ClientMetrics.group`. */
  readonly deadLettersOf?: DeadLettersOf;
}

/** The result of closing a consumer. */
export interface Closed<T extends string> {
  /** Records that were started and not done by the deadline. They are not committed and will be handled again. */
  readonly abandoned: readonly RecordPlace<T>[];
  /** False if the member could not leave the group in time. The group then notices after the session timeout. */
  readonly hasLeft: boolean;
}

/**
 * Handles every record at least once: in parallel for different keys, in order for the same key. It commits only the
 * offset below which all records are done. After a crash, records above it are handled again, and none is lost.
 *
 * kafkajs fetches from a broker again only after all records of the previous fetch are handled. A slow topic therefore
 * delays the other topics of the same consumer and should have its own consumer.
 */
export class EventConsumer<T extends string> {
  /**
   * Resolves after `close`. Rejects with a `ConsumerEnded` if the consumer ends for another reason. A process that does
   * not handle the rejection exits, because it would otherwise keep running without consuming.
   */
  readonly ended: Promise<void>;
  private readonly consumer: Consumer;
  private readonly meter: GroupMeter | undefined;
  private readonly settings: ReturnType<typeof settle<T>>;
  private readonly slots: Slots;
  private readonly handling: Handling<T>;
  private readonly takeOver: TakeOver | undefined;
  private readonly positions: GroupPositions;
  private readonly runs = new Set<BatchRun<T>>();
  private readonly uncommitted = new Uncommitted();
  private readonly failures: Failures;
  private readonly restarts: Restarts;
  private readonly abandoned: RecordPlace<T>[] = [];
  private interruption: Interruption | undefined;
  private closing: Promise<Closed<T>> | undefined;
  private joined = false;
  private unwatch: (() => void) | undefined;
  private resolveEnded: () => void = () => undefined;
  private rejectEnded: (why: ConsumerEnded) => void = () => undefined;

  private constructor(
    private readonly options: ConsumerOptions<T>,
    private readonly internals: Internals<T>,
  ) {
    const settings = settle(options);
    this.settings = settings;
    this.meter = options.metrics?.group(options.groupId, internals.deadLettersOf);
    this.slots = new Slots({ calls: settings.maxInFlight, bytes: settings.maxInFlightBytes });
    const onFatal = (error: unknown, place?: RecordPlace): void => this.end('fatal', error, place);
    const { meter } = this;
    this.failures = new Failures({ groupId: options.groupId, meter, onNotice: settings.onNotice, onFatal });
    this.restarts = new Restarts({ ...settings, failures: this.failures });
    this.handling = new Handling({
      handle: batchHandler(options),
      onPermanent: options.onPermanent,
      backOff: settings.backOff,
      maxAttempts: settings.maxAttempts,
      maxUnclassifiedAttempts: settings.maxUnclassifiedAttempts,
      missingTopicMs: settings.missingTopicMs,
      handlerTimeoutMs: settings.handlerTimeoutMs,
      meter,
      failures: this.failures,
      notBefore: internals.notBefore,
      onEnd: (reason, error, place) => this.end(reason, error, place),
    });
    const { failures } = this;
    this.takeOver =
      internals.ownerships && new TakeOver({ ...settings, ownerships: internals.ownerships, failures, onFatal });
    this.ended = new Promise((resolve, reject) => {
      this.resolveEnded = resolve;
      this.rejectEnded = reject;
    });
    const { connection, groupId } = settings;
    this.positions = new GroupPositions({
      connection,
      groupId,
      onMissing: (notice) => this.tellMissing(notice),
    });
    this.consumer = kafkaConsumer({
      settings,
      positions: this.positions,
      target: { onNotice: settings.onNotice, onFatal },
      // One that crashes while it is closed would come back to life.
      mayRestart: (error) => this.closing === undefined && this.restarts.crashed(error),
    });
  }

  /** Starts a consumer. Resolves when it has joined its group. @throws if it cannot join */
  static async start<T extends string>(
    options: ConsumerOptions<T>,
    internals: Internals<T> = {},
  ): Promise<EventConsumer<T>> {
    const consumer = new EventConsumer(options, internals);
    const running = consumer.run();
    try {
      // One that ends while it cannot connect is not waited for any longer.
      await Promise.race([running, consumer.ended]);
    } catch (error) {
      running.catch(() => undefined);
      await inTime(
        consumer.consumer.disconnect().catch(() => undefined),
        LET_GO_MS,
      );
      throw error;
    }
    return consumer;
  }

  /** Whether the consumer is currently a member of its group; use it for a readiness probe. */
  get isMember(): boolean {
    return this.joined;
  }

  /**
   * Starts no more records and stays in the group.
   * @returns whether all running handlers finished within the deadline
   */
  async pause(deadlineMs = CLOSE_DEADLINE_MS): Promise<boolean> {
    this.slots.hold();
    return inTime(this.slots.idle(), deadlineMs);
  }

  resume(): void {
    this.slots.resume();
  }

  /** Starts no more records, lets running handlers finish within the deadline, commits, and leaves the group. */
  async close(deadlineMs = CLOSE_DEADLINE_MS): Promise<Closed<T>> {
    const closed = await this.shutDown(deadlineMs);
    this.resolveEnded();
    return closed;
  }

  private async run(): Promise<void> {
    const { consumer } = this;
    this.unwatch = this.meter?.watch(() => this.uncommitted.progress([...this.runs].map(({ progress }) => progress)));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.joined = true;
      this.uncommitted.rejoined();
      this.restarts.joined();
      this.internals.ownerships?.rejoined();
      this.meter?.rebalanced();
      if (this.closing === undefined) this.interruption = undefined;
    });
    consumer.on(consumer.events.REBALANCING, () => void (this.joined = false));
    // Needed because kafkajs sometimes emits REBALANCING only after it has already rejoined, when brokers come and go.
    consumer.on(consumer.events.HEARTBEAT, () => void (this.joined = this.closing === undefined));
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.joined = false;
      // A consumer that kafkajs restarts joins again.
      if (!payload.restart) this.end('crashed', payload.error);
    });
    await consumer.connect();
    // Otherwise records written before the first commit of a partition would be skipped.
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: withBatchesWithoutRecords((payload) => this.handleBatch(payload)),
    });
    // kafkajs does not report a crash while it joins; the event was emitted before this line.
    if (this.closing !== undefined) await this.ended;
  }

  private async handleBatch(ofKafkajs: EachBatchPayload): Promise<void> {
    const { partition, messages } = ofKafkajs.batch;
    // The consumer subscribes only to these topics.
    const topic = ofKafkajs.batch.topic as T;
    const [first] = messages.slice(0, 1).map((message) => consumedRecord({ topic, partition }, message));
    const { batch, isNext, payload } = fetchedOf(ofKafkajs, this.positions);
    if (!isNext()) return;
    if (first !== undefined) this.uncommitted.fetched(topic, partition, first);
    if (this.isMakingWay()) return;
    const commits =
      this.takeOver === undefined ? memberCommits(payload, batch) : await this.takeOver.of(payload, batch);
    // kafkajs delivers unresolved records again.
    if (commits === undefined || !isNext() || this.isMakingWay()) return;
    const run = new BatchRun<T>({
      topic,
      payload,
      commits,
      slots: this.slots,
      handling: this.handling,
      cut: (records) => cut(this.options, records),
      heartbeatIntervalMs: this.settings.heartbeatIntervalMs,
      onGroupChange: (error) => this.makeWay(error),
      onFatal: (error, place) => this.end('fatal', error, place),
      onFailed: (failure) => this.failures.failedBeside({ ...failure, topic, partition }, this.settings),
      onSucceeded: (work) => this.failures.succeeded({ work, topic, partition }),
    });
    this.runs.add(run);
    try {
      await run.complete();
    } finally {
      this.runs.delete(run);
      if (run.isCommitted) this.uncommitted.committed(topic, partition);
      this.meter?.consumed(run.topic, 'abandoned', run.unfinished.length);
      this.abandoned.push(...(this.closing === undefined ? [] : run.unfinished));
    }
  }

  private tellMissing(notice: RecordsMissing): void {
    this.meter?.missing(notice);
    try {
      this.settings.onNotice(notice);
    } catch (error) {
      this.end('fatal', error);
    }
  }

  /** Batches fetched during a rebalance are not started. @throws the error that kafkajs must receive */
  private isMakingWay(): boolean {
    if (this.interruption?.error !== undefined) throw this.interruption.error;
    return this.interruption !== undefined;
  }

  /**
   * The member loses its partitions: immediately if they are lost already, otherwise after running handlers finish,
   * within the deadline.
   */
  private makeWay(error: Error): void {
    const isLost = groupChange(error) === 'lost';
    const finishBy = Date.now() + (isLost ? 0 : this.settings.revokeDeadlineMs);
    this.interrupt({ finishBy, mayCommit: !isLost, error });
  }

  private interrupt(reason: Interruption): void {
    // The deadline starts with the first notice; later heartbeats repeat the same answer.
    this.interruption = combined(this.interruption, reason);
    for (const run of this.runs) run.interrupt(this.interruption);
  }

  private end(reason: EndReason, error: unknown, place?: RecordPlace): void {
    if (this.closing !== undefined) return;
    void this.shutDown(CLOSE_DEADLINE_MS).then(() => this.rejectEnded(new ConsumerEnded(reason, error, place)));
  }

  /** The deadline of the first call applies. */
  private shutDown(deadlineMs: number): Promise<Closed<T>> {
    this.closing ??= (async () => {
      this.interrupt({ finishBy: Date.now() + deadlineMs * (1 - LEAVE_SHARE), mayCommit: true });
      const leaving = this.consumer.disconnect().catch(() => undefined);
      const until = Date.now() + deadlineMs;
      const hasLeft = await inTime(leaving, deadlineMs);
      const letGo = this.internals.ownerships?.close() ?? Promise.resolve();
      await inTime(letGo, Math.max(until - Date.now(), LET_GO_MS));
      this.unwatch?.();
      this.joined = false;
      const running = [...this.runs].flatMap((run) => run.unfinished);
      return { abandoned: [...this.abandoned, ...running], hasLeft };
    })();
    return this.closing;
  }
}

/** @returns false if the time limit passed first */
async function inTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([work.then(() => true), delay(ms, false, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
