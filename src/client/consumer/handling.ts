import type { ConsumedOutcome, GroupMeter } from '../metrics/group-meter';
import { backOffMs, type BackOff } from './back-off';
import type { EndReason } from './consumer-ended';
import { classify, type ErrorClass } from './classify';
import { FailureRun, retryBound, type RetryBound } from './failure-run';
import type { Failures, FailedWork } from './failures';
import { HandlerCall } from './handler-call';
import type { BatchHandler, PermanentSink } from './handlers';
import type { Verdict } from './partition-worker';
import type { ConsumedRecord, RecordPlace } from './record';
import { singly, type Unit } from './units';

interface HandlingProps<T extends string> {
  readonly handle: BatchHandler<T>;
  readonly onPermanent: PermanentSink<T> | undefined;
  readonly backOff: BackOff;
  readonly maxAttempts: number;
  readonly maxUnclassifiedAttempts: number;
  readonly missingTopicMs: number;
  readonly handlerTimeoutMs: number;
  /** Called once for each unit that cannot be handled here. Ends the consumer. */
  readonly onEnd: (reason: EndReason, error: unknown, place: RecordPlace | undefined) => void;
  /** Receives failures that are retried. */
  readonly failures: Pick<Failures, 'failed' | 'succeeded'>;
  readonly meter?: GroupMeter | undefined;
  /** The earliest time at which a record may be handled, in milliseconds since 1970. @default immediately */
  readonly notBefore?: ((record: ConsumedRecord<T>) => number) | undefined;
}

/** Limit for one timer; for a longer wait, the time is checked again afterwards. */
const LONGEST_WAIT_MS = 60_000;

/** Calls the handler and decides what to do after an error. */
export class Handling<T extends string> {
  constructor(private readonly props: HandlingProps<T>) {}

  /** @param abandoned fires when nothing waits for the unit any longer */
  attempt(unit: Unit<T>, abandoned: AbortSignal): Verdict<Unit<T>> | Promise<Verdict<Unit<T>>> {
    if (unit.poison !== undefined) return this.giveUp(unit, abandoned);
    const waitMs = this.waitMs(unit);
    if (waitMs > 0) return { againInMs: waitMs };
    const { handle, handlerTimeoutMs } = this.props;
    const call = new HandlerCall(abandoned, handlerTimeoutMs, unit.attempts + 1);
    const begun = performance.now();
    try {
      const result = handle(unit.records, call);
      if (result === undefined) return this.handled(unit, begun, abandoned);
      return call.within(result).then(
        () => this.handled(unit, begun, abandoned),
        (error: unknown) => {
          this.measure(unit, begun);
          return this.verdictOf(unit, error, abandoned);
        },
      );
    } catch (error) {
      this.measure(unit, begun);
      return this.verdictOf(unit, error, abandoned);
    }
  }

  private handled(unit: Unit<T>, begun: number, abandoned: AbortSignal): 'done' {
    this.measure(unit, begun);
    return abandoned.aborted ? 'done' : this.done(unit, 'done');
  }

  private verdictOf(
    unit: Unit<T>,
    error: unknown,
    abandoned: AbortSignal,
  ): Verdict<Unit<T>> | Promise<Verdict<Unit<T>>> {
    // An error of an abandoned handler says nothing about its record.
    if (abandoned.aborted) return 'stopped';
    unit.attempts += 1;
    const kind = classify(error);
    if (kind === 'fatal') return this.end('fatal', error, unit);
    const bound = this.boundOf(kind);
    if (bound !== undefined && unit.attempts < bound.maxAttempts) {
      this.failed(unit, { work: 'handle', attempts: unit.attempts, bound, cause: error });
      return { againInMs: backOffMs(this.props.backOff, unit.attempts) };
    }
    if (unit.records.length > 1) return { instead: singly(unit) };
    if (this.props.onPermanent === undefined) return this.end('permanent', error, unit);
    unit.poison = { error, attempts: unit.attempts };
    unit.attempts = 0;
    return this.giveUp(unit, abandoned);
  }

  /** A failing sink blocks its sequence: a record that was not stored must not be skipped. */
  private async giveUp(unit: Unit<T>, abandoned: AbortSignal): Promise<Verdict<Unit<T>>> {
    const { onPermanent, backOff, handlerTimeoutMs } = this.props;
    const [record] = unit.records;
    if (record === undefined || unit.poison === undefined || onPermanent === undefined) return 'done';
    try {
      const call = new HandlerCall(abandoned, handlerTimeoutMs, unit.attempts + 1);
      const kept = await call.within(onPermanent({ record, ...unit.poison }));
      return this.done(unit, kept);
    } catch (error) {
      if (abandoned.aborted) return 'stopped';
      unit.attempts += 1;
      const run = (unit.sinkFailures ??= new FailureRun(this.props));
      const bound = retryBound(classify(error), this.props);
      if (!run.add(error) || bound === undefined) return this.end('fatal', error, unit);
      this.failed(unit, { work: 'keep', attempts: run.attempts, bound, cause: error });
      return { againInMs: backOffMs(backOff, unit.attempts) };
    }
  }

  private waitMs({ records: [record] }: Unit<T>): number {
    if (record === undefined || this.props.notBefore === undefined) return 0;
    return Math.min(this.props.notBefore(record) - Date.now(), LONGEST_WAIT_MS);
  }

  /** Limits for calls of the handler. A missing topic that the handler reports counts as an unclassified error. */
  private boundOf(kind: ErrorClass): RetryBound | undefined {
    const { maxAttempts, maxUnclassifiedAttempts } = this.props;
    if (kind === 'outage') return { maxAttempts: Infinity };
    if (kind === 'retriable') return { maxAttempts };
    return kind === 'unclassified' || kind === 'missing-topic' ? { maxAttempts: maxUnclassifiedAttempts } : undefined;
  }

  private failed(unit: Unit<T>, failure: Pick<FailedWork, 'work' | 'attempts' | 'bound' | 'cause'>): void {
    const [record] = unit.records;
    if (record === undefined) return;
    const { topic, partition, offset } = record;
    this.props.failures.failed({ ...failure, topic, partition, offset, records: unit.records.length });
  }

  private done(unit: Unit<T>, outcome: ConsumedOutcome): 'done' {
    const [record] = unit.records;
    if (record === undefined) return 'done';
    const { topic, partition } = record;
    this.props.meter?.consumed(topic, outcome, unit.records.length);
    if (unit.sinkFailures !== undefined) this.props.failures.succeeded({ work: 'keep', topic, partition });
    else if (unit.attempts > 0) this.props.failures.succeeded({ work: 'handle', topic, partition });
    return 'done';
  }

  private measure(unit: Unit<T>, begun: number): void {
    const [record] = unit.records;
    if (record !== undefined) this.props.meter?.processed(record.topic, (performance.now() - begun) / 1_000);
  }

  private end(reason: EndReason, error: unknown, { records: [first] }: Unit<T>): Verdict<Unit<T>> {
    const place = first && { topic: first.topic, partition: first.partition, offset: first.offset };
    this.props.onEnd(reason, error, place);
    return 'stopped';
  }
}
