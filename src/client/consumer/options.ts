import type { TopicName } from '../../topics/catalogue';
import type { ClientMetrics } from '../metrics/client-metrics';
import type { BackOff } from './back-off';
import type { PermanentSink, Work } from './handlers';

/** What every way of consuming has in common. */
export interface CommonOptions<T extends TopicName> {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly groupId: string;
  readonly topics: readonly T[];
  /** @default none: the first record that fails permanently ends the consumer */
  readonly onPermanent?: PermanentSink<T>;
  /** Handler calls at once, all partitions together. @default 64 */
  readonly maxInFlight?: number;
  /** Bytes of keys and values in flight at once. @default 16 MiB */
  readonly maxInFlightBytes?: number;
  /** Between attempts at a record. @default 100 ms, doubling, at most 10 s */
  readonly backOff?: BackOff;
  /**
   * After so many attempts an error that may pass counts as permanent too, unless it is an outage. @default none: it is tried
   * again for as long as it lasts
   */
  readonly maxAttempts?: number;
  /** After so many attempts an error that nobody classified counts as permanent, and one of the sink as fatal. @default 5 */
  readonly maxUnclassifiedAttempts?: number;
  /**
   * A call of a handler, or of the sink, that takes longer has failed: its signal fires, what it does later is ignored, and
   * it is made again as after an error that nobody classified. Without a limit, a record that hangs holds its partition for
   * ever, as the group still gets heartbeats. `Infinity` for none. @default 5 minutes
   */
  readonly handlerTimeoutMs?: number;
  /** Without a heartbeat for so long, the group gives this member up. @default 30 s */
  readonly sessionTimeoutMs?: number;
  /** @default 3 s */
  readonly heartbeatIntervalMs?: number;
  /** How long the group waits for members to come back. @default 60 s */
  readonly rebalanceTimeoutMs?: number;
  /** What runs when the group rebalances may go on for so long; must be below `rebalanceTimeoutMs`. @default 20 s */
  readonly revokeDeadlineMs?: number;
  /** The longest that a broker holds back an empty answer; also how long closing waits for it. @default 500 ms */
  readonly maxWaitMs?: number;
  /** Told what becomes of records. @default none */
  readonly metrics?: ClientMetrics;
}

/** How a consumer works; nothing is read from the environment. */
export type ConsumerOptions<T extends TopicName> = CommonOptions<T> & Work<T>;

export const DEFAULTS = {
  batchRecords: 500,
  maxInFlight: 64,
  maxInFlightBytes: 16 * 1024 * 1024,
  backOff: { firstMs: 100, maxMs: 10_000 },
  maxAttempts: Infinity,
  maxUnclassifiedAttempts: 5,
  handlerTimeoutMs: 300_000,
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 3_000,
  rebalanceTimeoutMs: 60_000,
  revokeDeadlineMs: 20_000,
  maxWaitMs: 500,
} as const satisfies Partial<ConsumerOptions<TopicName>>;

/** @throws when the deadlines contradict each other, or one leaves no time */
export function settle<T extends TopicName>(options: ConsumerOptions<T>) {
  const all = { ...DEFAULTS, ...options };
  if (all.revokeDeadlineMs >= all.rebalanceTimeoutMs) {
    throw new Error(
      `revokeDeadlineMs ${all.revokeDeadlineMs} must be below rebalanceTimeoutMs ${all.rebalanceTimeoutMs}: ` +
        'a member that comes back later has been given up',
    );
  }
  if (!(all.handlerTimeoutMs > 0)) throw new Error(`handlerTimeoutMs is ${all.handlerTimeoutMs}: it must be above 0`);
  return all;
}
