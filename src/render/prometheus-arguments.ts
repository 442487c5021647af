import type { Platform } from '../config/load';
import { prometheusDuration } from './prometheus-duration';
import { wholeMebibytes } from './quantity';

/** Samples beside which the log of recent ones and a compaction still fit the claim. */
const SHARE_FOR_SAMPLES = 0.8;

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
    `--storage.tsdb.retention.time=${prometheusDuration(retentionMs)}`,
    `--storage.tsdb.retention.size=${wholeMebibytes(size * SHARE_FOR_SAMPLES)}MB`,
    `--web.listen-address=${listenAddress}`,
  ];
}
