import type { TopicName } from '../../topics/catalogue';
import type { ConsumedOutcome, GroupMeter } from '../metrics/group-meter';
import { backOffMs, type BackOff } from './back-off';
import type { EndReason } from './consumer-ended';
import { classify, type ErrorClass } from './errors';
import { HandlerCall } from './handler-call';
import type { BatchHandler, PermanentSink } from './handlers';
import type { Verdict } from './lanes';
import type { ConsumedRecord } from './record';
import { singly, type Unit } from './units';

interface HandlingProps<T extends TopicName> {
  readonly handle: BatchHandler<T>;
  readonly onPermanent: PermanentSink<T> | undefined;
  readonly backOff: BackOff;
  readonly maxAttempts: number;
  readonly maxUnclassifiedAttempts: number;
  readonly handlerTimeoutMs: number;
  /** Told once per unit that cannot be handled here; ends the consumer. */
  readonly onEnd: (reason: EndReason, error: unknown) => void;
  readonly meter?: GroupMeter | undefined;
  /** When a record may be handled at the earliest, in milliseconds since 1970. @default at once */
  readonly notBefore?: ((record: ConsumedRecord<T>) => number) | undefined;
}

/** Timers take no more; then it is looked at again. */
const LONGEST_WAIT_MS = 60_000;

/** Calls the handler, and turns what it throws into what to do next. */
export class Handling<T extends TopicName> {
  constructor(private readonly props: HandlingProps<T>) {}

  /** @param abandoned fires when nobody waits for the unit any more */
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
          return this.judge(unit, error, abandoned);
        },
      );
    } catch (error) {
      this.measure(unit, begun);
      return this.judge(unit, error, abandoned);
    }
  }

  private handled(unit: Unit<T>, begun: number, abandoned: AbortSignal): 'done' {
    this.measure(unit, begun);
    return abandoned.aborted ? 'done' : this.done(unit, 'done');
  }

  private judge(unit: Unit<T>, error: unknown, abandoned: AbortSignal): Verdict<Unit<T>> | Promise<Verdict<Unit<T>>> {
    // What an abandoned handler throws says nothing about its record.
    if (abandoned.aborted) return 'stopped';
    unit.attempts += 1;
    const kind = classify(error);
    if (kind === 'fatal') return this.end('fatal', error);
    if (this.passes(kind, unit.attempts)) {
      for (const { topic } of unit.records) this.props.meter?.triesAgain(topic);
      return { againInMs: backOffMs(this.props.backOff, unit.attempts) };
    }
    if (unit.records.length > 1) return { instead: singly(unit) };
    if (this.props.onPermanent === undefined) return this.end('permanent', error);
    unit.poison = { error, attempts: unit.attempts };
    unit.attempts = 0;
    return this.giveUp(unit, abandoned);
  }

  /** A sink that fails holds its lane: a record that nobody keeps must not be passed over. */
  private async giveUp(unit: Unit<T>, abandoned: AbortSignal): Promise<Verdict<Unit<T>>> {
    const { onPermanent, backOff, maxUnclassifiedAttempts, handlerTimeoutMs } = this.props;
    const [record] = unit.records;
    if (record === undefined || unit.poison === undefined || onPermanent === undefined) return 'done';
    try {
      const call = new HandlerCall(abandoned, handlerTimeoutMs, unit.attempts + 1);
      const kept = await call.within(onPermanent({ record, ...unit.poison }));
      return this.done(unit, kept);
    } catch (error) {
      if (abandoned.aborted) return 'stopped';
      unit.attempts += 1;
      const kind = classify(error);
      const mayPass = kind === 'retriable' || kind === 'outage';
      if (mayPass || (kind === 'unclassified' && unit.attempts < maxUnclassifiedAttempts)) {
        return { againInMs: backOffMs(backOff, unit.attempts) };
      }
      return this.end('fatal', error);
    }
  }

  private waitMs({ records: [record] }: Unit<T>): number {
    if (record === undefined || this.props.notBefore === undefined) return 0;
    return Math.min(this.props.notBefore(record) - Date.now(), LONGEST_WAIT_MS);
  }

  /** Whether it is worth another attempt here. */
  private passes(kind: ErrorClass, attempts: number): boolean {
    const { maxAttempts, maxUnclassifiedAttempts } = this.props;
    if (kind === 'outage') return true;
    return attempts < (kind === 'retriable' ? maxAttempts : kind === 'unclassified' ? maxUnclassifiedAttempts : 0);
  }

  private done(unit: Unit<T>, outcome: ConsumedOutcome): 'done' {
    const [record] = unit.records;
    if (record !== undefined) this.props.meter?.consumed(record.topic, outcome, unit.records.length);
    return 'done';
  }

  private measure(unit: Unit<T>, begun: number): void {
    const [record] = unit.records;
    if (record !== undefined) this.props.meter?.processed(record.topic, (performance.now() - begun) / 1_000);
  }

  private end(reason: EndReason, error: unknown): Verdict<Unit<T>> {
    this.props.onEnd(reason, error);
    return 'stopped';
  }
}
