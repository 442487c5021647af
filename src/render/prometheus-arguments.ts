import type { Platform } from '../config/load';

/** Samples beside which the log of recent ones and a compaction still fit the claim. */
const SHARE_FOR_SAMPLES = 0.8;

const MEBIBYTE = 2 ** 20;
const SECOND = 1_000;

interface Places {
  readonly configFile: string;
  readonly dataDirectory: string;
  /** `host:port`. */
  readonly listenAddress: string;
}

/** Command line of Prometheus. Samples go by age, and before that when they no longer fit. */
export function prometheusArguments(
  { monitoring }: Pick<Platform, 'monitoring'>,
  { configFile, dataDirectory, listenAddress }: Places,
): string[] {
  const { retentionMs, size } = monitoring.prometheus;
  return [
    `--config.file=${configFile}`,
    `--storage.tsdb.path=${dataDirectory}`,
    `--storage.tsdb.retention.time=${retentionMs / SECOND}s`,
    `--storage.tsdb.retention.size=${Math.floor((size * SHARE_FOR_SAMPLES) / MEBIBYTE)}MB`,
    `--web.listen-address=${listenAddress}`,
  ];
}
