import { WrongOption } from '../errors';
import type { KafkaConnection } from '../../protocol/connection';
import type { ClientMetrics } from '../metrics/client-metrics';
import { printNotice, type NoticeListener } from '../notices';
import { assertAvailable, type Compression } from './compression';

/** Options of a producer. Nothing is read from the environment. */
export interface ProducerOptions {
  readonly connection: KafkaConnection;
  /** Maximum number of records in a batch. @default 2000 */
  readonly batchRecords?: number;
  /**
   * Maximum bytes of a batch before compression; a larger record is sent alone. @default 900 000, because brokers
   * accept 1 MiB
   */
  readonly batchBytes?: number;
  /** How long a record waits for other records of its batch. @default 5 ms */
  readonly lingerMs?: number;
  /** Maximum bytes of records without an outcome; further records wait for room. @default 32 MiB */
  readonly maxBufferedBytes?: number;
  /**
   * Time limit for a record, from its admission to the buffer until it is given up. The outcome may be reported up to
   * 10 % later. It must be longer than an election after the loss of a broker. @default 2 minutes
   */
  readonly deliveryTimeoutMs?: number;
  /** How long a record waits for a missing topic before it fails. @default 15 s */
  readonly missingTopicMs?: number;
  /** Compression of batches. @default gzip */
  readonly compression?: Compression;
  /** Metrics that the producer updates. @default none */
  readonly metrics?: ClientMetrics;
  /** Told which servers do not answer; what it throws closes the producer. @default a line to standard error */
  readonly onNotice?: NoticeListener;
}

export const DEFAULTS = {
  batchRecords: 2_000,
  batchBytes: 900_000,
  lingerMs: 5,
  maxBufferedBytes: 32 * 1024 * 1024,
  deliveryTimeoutMs: 120_000,
  missingTopicMs: 15_000,
  compression: 'gzip',
  onNotice: printNotice,
} as const satisfies Partial<ProducerOptions>;

export type Settled = Required<Omit<ProducerOptions, 'metrics'>> & Pick<ProducerOptions, 'metrics'>;

/** @throws if a limit leaves no room, or this Node.js does not support the compression */
export function settle(options: ProducerOptions): Settled {
  const all: Settled = { ...DEFAULTS, ...options };
  for (const name of ['batchRecords', 'batchBytes', 'maxBufferedBytes', 'deliveryTimeoutMs'] as const)
    if (!(all[name] > 0)) throw new WrongOption(`${name} is ${all[name]}: it must be above 0`);
  assertAvailable(all.compression);
  return all;
}
