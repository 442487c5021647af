import type { KafkaConnection } from '../src/protocol/connection';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../platform/environments';
import { parseConfig } from '../src/platform/load';
import { gibibytes, hours, kibibytesPerSecond, mebibytes } from '../src/validation/units';
import { consoleProgress } from '../src/console/progress';
import { LocalPlatform } from '../src/local/local-platform';
import type { Runtime } from '../src/local/prepare';
import { localRuntime } from '../src/local/runtime';
import type { SecurityProps } from '../src/components/kafka-cluster/security/props';
import { applyTopics } from '../src/components/topics/apply';

/**
 * Names of topics in the catalogue, by which the clients are typed. They have no schemas, so that values can be any
 * bytes.
 */
export const TOPICS = { written: 'platform-smoke', read: 'customers' } as const;

const PARTITIONS = 6;
const RECORD_BYTES = 1_024;
const VALUES = 64;
const KEYS = 200;

interface BenchOptions {
  readonly security?: SecurityProps;
  readonly jvmOptions?: string[];
}

/** Three brokers, with topics of three replicas and min ISR 2. */
export class BenchCluster {
  private constructor(
    private readonly platform: LocalPlatform,
    readonly runtime: Runtime,
    private readonly stateDirectory: string,
  ) {}

  /** With listeners that are not encrypted and JVMs that start quickly, unless it is said otherwise. */
  static async start({ security, jvmOptions }: BenchOptions = {}): Promise<BenchCluster> {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-clients-'));
    const config = parseConfig({
      ...environments.local,
      brokers: {
        ...environments.local.brokers,
        jvmOptions,
        nodePools: environments.local.brokers.nodePools.map((pool) => ({ ...pool, storage: { size: gibibytes(20) } })),
      },
      topics: Object.values(TOPICS).map((name) => ({
        name,
        partitions: PARTITIONS,
        keyed: true,
        retentionMs: hours(1),
        segmentBytes: mebibytes(128),
        expectedIngress: kibibytesPerSecond(64),
      })),
      applications: {},
      ...(security && { security }),
      local: { stateDirectory },
    });
    const progress = consoleProgress();
    const runtime = await localRuntime(config, progress);
    const platform = await LocalPlatform.start({ config, runtime, progress });
    await applyTopics({ connection: platform.connection, topics: config.topics });
    return new BenchCluster(platform, runtime, stateDirectory);
  }

  get connection(): KafkaConnection {
    return this.platform.connection;
  }

  async stop(): Promise<void> {
    await this.platform.stop();
    rmSync(this.stateDirectory, { recursive: true });
  }
}

const values = Array.from({ length: VALUES }, () =>
  Buffer.from(Array.from({ length: RECORD_BYTES }, () => 0x41 + Math.floor(Math.random() * 26))),
);

/** The same records for every producer: capital letters, as in Kafka's own producer benchmark. */
export const recordOf = (index: number): { readonly key: string; readonly value: Buffer } => ({
  key: `key-${index % KEYS}`,
  value: values[index % VALUES] ?? Buffer.alloc(RECORD_BYTES),
});
