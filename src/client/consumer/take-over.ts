import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import { backOffMs } from './back-off';
import type { Commits, FetchedBatch, Ownerships } from './commits';
import { classify } from './classify';
import { FailureRun, retryBound, type FailureLimits } from './failure-run';
import type { Failures } from './failures';
import type { RecordPlace } from './record';

/** Waiting times between attempts to take a partition over; a rebalance waits for them. */
const BACK_OFF = { firstMs: 500, maxMs: 5_000 };

interface TakeOverProps extends FailureLimits {
  readonly ownerships: Ownerships;
  readonly heartbeatIntervalMs: number;
  readonly failures: Pick<Failures, 'failed' | 'succeeded'>;
  /**
   * Called for an error that a retry cannot fix. A partition that cannot be taken over is not read, which must not go
   * unnoticed.
   */
  readonly onFatal: (error: unknown, place: RecordPlace) => void;
}

/** Takes over partitions from their previous owners, before fetched records are handled. */
export class TakeOver {
  /** Failures by partition, until the partition is taken over. */
  private readonly runs = new Map<string, FailureRun>();

  constructor(private readonly props: TakeOverProps) {}

  /** @returns undefined if the partition cannot be taken over now */
  async of(payload: EachBatchPayload, batch: FetchedBatch): Promise<Commits | undefined> {
    const { topic, partition } = payload.batch;
    const { ownerships, heartbeatIntervalMs } = this.props;
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatIntervalMs);
    try {
      const commits = await ownerships.of(batch);
      if (this.runs.delete(`${topic}-${partition}`))
        this.props.failures.succeeded({ work: 'take-over', topic: topic, partition });
      return commits;
    } catch (error) {
      await delay(this.failed(error, payload));
      return undefined;
    } finally {
      clearInterval(beating);
    }
  }

  /** @returns the waiting time before the next attempt, in milliseconds */
  private failed(error: unknown, { batch }: EachBatchPayload): number {
    const place = {
      topic: batch.topic,
      partition: batch.partition,
      offset: BigInt(batch.firstOffset() ?? 0),
    };
    const name = `${place.topic}-${place.partition}`;
    const run = this.runs.get(name) ?? new FailureRun(this.props);
    this.runs.set(name, run);
    const bound = retryBound(classify(error), this.props);
    if (!run.add(error) || bound === undefined) {
      this.props.onFatal(error, place);
      return 0;
    }
    this.props.failures.failed({ work: 'take-over', ...place, attempts: run.attempts, bound, cause: error });
    return backOffMs(BACK_OFF, run.attempts);
  }
}
