import type { PrometheusConfig } from './config';
import { prometheusDuration } from '../../monitoring/duration';
import { wholeMebibytes } from '../../kubernetes/quantity';

/** Share of the volume claim for samples. The rest is for the write-ahead log and for compaction. */
const SHARE_FOR_SAMPLES = 0.8;

interface Places {
  readonly configFile: string;
  readonly dataDirectory: string;
  /** Address as `host:port`. */
  readonly listenAddress: string;
}

/** Command line of Prometheus. Samples are deleted by age, or earlier if they exceed their share of the volume. */
export function prometheusArguments(
  { monitoring }: Pick<PrometheusConfig, 'monitoring'>,
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
