import type { ClientMetrics } from '../metrics/client-metrics';
import { assertAvailable, type Compression } from './compression';

/** How a producer works; nothing is read from the environment. */
export interface ProducerOptions {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** A batch takes no more records. @default 2000 */
  readonly batchRecords?: number;
  /** A batch takes no more bytes before compression; a larger record goes alone. @default 900 000, as brokers take 1 MiB */
  readonly batchBytes?: number;
  /** How long a record waits for others to go with it. @default 5 ms */
  readonly lingerMs?: number;
  /** Bytes of records without an outcome; what comes then waits for room. @default 32 MiB */
  readonly maxBufferedBytes?: number;
  /**
   * From when a record found room until it is given up, told up to a tenth late. Must outlast the election after a broker
   * is lost. @default 2 minutes
   */
  readonly deliveryTimeoutMs?: number;
  /** @default gzip */
  readonly compression?: Compression;
  /** Told what becomes of records. @default none */
  readonly metrics?: ClientMetrics;
}

export const DEFAULTS = {
  batchRecords: 2_000,
  batchBytes: 900_000,
  lingerMs: 5,
  maxBufferedBytes: 32 * 1024 * 1024,
  deliveryTimeoutMs: 120_000,
  compression: 'gzip',
} as const satisfies Partial<ProducerOptions>;

export type Settled = Required<Omit<ProducerOptions, 'metrics'>> & Pick<ProducerOptions, 'metrics'>;

/** @throws when a limit leaves no room, or this Node lacks the compression */
export function settle(options: ProducerOptions): Settled {
  const all: Settled = { ...DEFAULTS, ...options };
  for (const name of ['batchRecords', 'batchBytes', 'maxBufferedBytes', 'deliveryTimeoutMs'] as const)
    if (!(all[name] > 0)) throw new Error(`${name} is ${all[name]}: it must be above 0`);
  assertAvailable(all.compression);
  return all;
}
