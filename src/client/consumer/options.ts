import { WrongOption } from '../errors';
import type { KafkaConnection } from '../../protocol/connection';
import type { ClientMetrics } from '../metrics/client-metrics';
import { printNotice, type NoticeListener } from '../notices';
import type { BackOff } from './back-off';
import type { PermanentSink, Work } from './handlers';

/** Options of all kinds of consumers. */
export interface CommonOptions<T extends string> {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  readonly topics: readonly T[];
  /**
   * Name of this member for static membership (KIP-345). It must stay the same when the process is replaced, for
   * example the pod name of a StatefulSet. If two members use the same name at the same time, one of them ends. A
   * member that returns within `sessionTimeoutMs` keeps its partitions without a rebalance. A member that does not
   * return loses them only after that time. @default none: closing leaves the group, and every start and end of a
   * member causes a rebalance
   */
  readonly groupInstanceId?: string;
  /**
   * Rack of this process, as `broker.rack` of the brokers names it, such as the zone of its node. The consumer then reads each
   * partition from the replica in its rack if that is in sync, and from the leader otherwise (KIP-392). Brokers need a
   * `replica.selector.class` for it, which those of the platform have with zones. @default none: reads from the leaders
   */
  readonly rackId?: string | undefined;
  /** Stores records that failed permanently. @default none: the first such record ends the consumer */
  readonly onPermanent?: PermanentSink<T>;
  /** Maximum number of parallel handler calls, over all partitions. @default 64 */
  readonly maxInFlight?: number;
  /** Maximum bytes of keys and values in flight. @default 16 MiB */
  readonly maxInFlightBytes?: number;
  /** Waiting time between attempts at a record. @default 100 ms, doubling, at most 10 s */
  readonly backOff?: BackOff;
  /**
   * Number of attempts after which a retriable error counts as permanent. Outages are not counted. @default none:
   * retried without limit
   */
  readonly maxAttempts?: number;
  /**
   * Number of attempts after which an unclassified error counts as permanent. An unclassified error of the sink then
   * counts as fatal. @default 5
   */
  readonly maxUnclassifiedAttempts?: number;
  /**
   * How long a topic that is read or written, or a partition that an output names, may be missing before the consumer
   * ends. The copy of a failed record waits for its partition without limit. @default 1 minute
   */
  readonly missingTopicMs?: number;
  /**
   * Time limit for a call of the handler or the sink. After it, the call's signal is aborted, its later result is
   * ignored, and the call is repeated as after an unclassified error. Without a limit, a record whose handler hangs
   * blocks its partition forever, because heartbeats continue. `Infinity` for no limit. @default 5 minutes
   */
  readonly handlerTimeoutMs?: number;
  /** Time without a heartbeat after which the group removes this member. @default 30 s */
  readonly sessionTimeoutMs?: number;
  /** Interval between heartbeats. @default 3 s */
  readonly heartbeatIntervalMs?: number;
  /** How long the group waits for members to rejoin. @default 60 s */
  readonly rebalanceTimeoutMs?: number;
  /** Deadline for running handlers when the group rebalances; must be less than `rebalanceTimeoutMs`. @default 20 s */
  readonly revokeDeadlineMs?: number;
  /** Maximum time that a broker delays an empty fetch response. Closing may wait for this time. @default 500 ms */
  readonly maxWaitMs?: number;
  /** Metrics that the consumer updates. @default none */
  readonly metrics?: ClientMetrics;
  /**
   * Called for problems that the consumer handles by itself. An error that it throws ends the consumer. @default prints
   * a line to standard error
   */
  readonly onNotice?: NoticeListener;
}

/** Options of a consumer. Nothing is read from the environment. */
export type ConsumerOptions<T extends string> = CommonOptions<T> & Work<T>;

export const DEFAULTS = {
  batchRecords: 500,
  maxInFlight: 64,
  maxInFlightBytes: 16 * 1024 * 1024,
  backOff: { firstMs: 100, maxMs: 10_000 },
  maxAttempts: Infinity,
  maxUnclassifiedAttempts: 5,
  missingTopicMs: 60_000,
  handlerTimeoutMs: 300_000,
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 3_000,
  rebalanceTimeoutMs: 60_000,
  revokeDeadlineMs: 20_000,
  maxWaitMs: 500,
  onNotice: printNotice,
} as const satisfies Partial<ConsumerOptions<string>>;

/** @throws if the deadlines contradict each other, or a deadline leaves no time */
export function settle<T extends string>(options: ConsumerOptions<T>) {
  const all = { ...DEFAULTS, ...options };
  if (all.revokeDeadlineMs >= all.rebalanceTimeoutMs) {
    throw new WrongOption(
      `revokeDeadlineMs ${all.revokeDeadlineMs} must be below rebalanceTimeoutMs ${all.rebalanceTimeoutMs}: ` +
        'a member that comes back later has been given up',
    );
  }
  if (!(all.handlerTimeoutMs > 0))
    throw new WrongOption(`handlerTimeoutMs is ${all.handlerTimeoutMs}: it must be above 0`);
  return all;
}
