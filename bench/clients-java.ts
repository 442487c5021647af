import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchCluster } from './clients-cluster';

const RECORDS = 80_000;
const RECORD_BYTES = 1_024;

/** The last line summarizes all records; earlier lines cover five seconds each. */
const SUMMARY = /^(\d+) records sent, ([\d.]+) records\/sec .*99\.9th/m;

/** Records per second of Kafka's benchmark of its Java producer, with the producer's defaults. */
export async function producerPerformance({ connection, runtime }: BenchCluster, topic: string): Promise<number> {
  const { stdout } = await promisify(execFile)(runtime.java, [
    '-cp',
    runtime.classPath,
    'org.apache.kafka.tools.ProducerPerformance',
    '--topic',
    topic,
    '--num-records',
    String(RECORDS),
    '--record-size',
    String(RECORD_BYTES),
    '--throughput',
    '-1',
    '--bootstrap-server',
    connection.bootstrapServers.join(','),
  ]);
  const [, sent, rate] = SUMMARY.exec(stdout) ?? [];
  if (Number(sent) !== RECORDS) throw new Error(`ProducerPerformance told:\n${stdout}`);
  return Number(rate);
}
