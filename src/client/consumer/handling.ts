import type { TopicName } from '../../topics/catalogue';
import { backOffMs, type BackOff } from './back-off';
import type { EndReason } from './consumer-ended';
import { classify } from './errors';
import type { BatchHandler, PermanentSink } from './handlers';
import type { Verdict } from './lanes';
import { singly, type Unit } from './units';

interface HandlingProps<T extends TopicName> {
  readonly handle: BatchHandler<T>;
  readonly onPermanent: PermanentSink<T> | undefined;
  readonly backOff: BackOff;
  readonly maxUnclassifiedAttempts: number;
  /** Told once per unit that cannot be handled here; ends the consumer. */
  readonly onEnd: (reason: EndReason, error: unknown) => void;
}

/** Calls the handler, and turns what it throws into what to do next. */
export class Handling<T extends TopicName> {
  constructor(private readonly props: HandlingProps<T>) {}

  attempt(unit: Unit<T>, signal: AbortSignal): Verdict<Unit<T>> | Promise<Verdict<Unit<T>>> {
    if (unit.poison !== undefined) return this.giveUp(unit, signal);
    try {
      const result = this.props.handle(unit.records, { attempt: unit.attempts + 1, signal });
      if (result === undefined) return 'done';
      return Promise.resolve(result).then(
        () => 'done',
        (error: unknown) => this.judge(unit, error, signal),
      );
    } catch (error) {
      return this.judge(unit, error, signal);
    }
  }

  private judge(unit: Unit<T>, error: unknown, signal: AbortSignal): Verdict<Unit<T>> | Promise<Verdict<Unit<T>>> {
    // What an abandoned handler throws says nothing about its record.
    if (signal.aborted) return 'stopped';
    unit.attempts += 1;
    const kind = classify(error);
    if (kind === 'fatal') return this.end('fatal', error);
    if (kind === 'retriable' || (kind === 'unclassified' && unit.attempts < this.props.maxUnclassifiedAttempts)) {
      return { againInMs: backOffMs(this.props.backOff, unit.attempts) };
    }
    if (unit.records.length > 1) return { instead: singly(unit) };
    if (this.props.onPermanent === undefined) return this.end('permanent', error);
    unit.poison = { error, attempts: unit.attempts };
    unit.attempts = 0;
    return this.giveUp(unit, signal);
  }

  /** A sink that fails holds its lane: a record that nobody keeps must not be passed over. */
  private async giveUp(unit: Unit<T>, signal: AbortSignal): Promise<Verdict<Unit<T>>> {
    const { onPermanent, backOff, maxUnclassifiedAttempts } = this.props;
    const [record] = unit.records;
    if (record === undefined || unit.poison === undefined || onPermanent === undefined) return 'done';
    try {
      await onPermanent({ record, ...unit.poison });
      return 'done';
    } catch (error) {
      if (signal.aborted) return 'stopped';
      unit.attempts += 1;
      if (classify(error) === 'retriable') return { againInMs: backOffMs(backOff, unit.attempts) };
      if (classify(error) === 'unclassified' && unit.attempts < maxUnclassifiedAttempts) {
        return { againInMs: backOffMs(backOff, unit.attempts) };
      }
      return this.end('fatal', error);
    }
  }

  private end(reason: EndReason, error: unknown): Verdict<Unit<T>> {
    this.props.onEnd(reason, error);
    return 'stopped';
  }
}
