import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../src/config/environments';
import { parseConfig } from '../src/config/load';
import { gibibytes, hours, kibibytesPerSecond, mebibytes } from '../src/config/units';
import { consoleProgress } from '../src/console/progress';
import { LocalPlatform } from '../src/embedded/local-platform';
import type { Runtime } from '../src/embedded/prepare';
import { localRuntime } from '../src/embedded/runtime';
import { applyTopics } from '../src/topics/apply';

/** Names of the catalogue, for the clients are typed by it; without a schema, so that values are bytes of any kind. */
export const TOPICS = { written: 'platform-smoke', read: 'customers' } as const;

const PARTITIONS = 6;
const RECORD_BYTES = 1_024;
const VALUES = 64;
const KEYS = 200;

/** Three brokers, with topics of three replicas of which two must be in sync. */
export class BenchCluster {
  private constructor(
    private readonly platform: LocalPlatform,
    readonly runtime: Runtime,
    private readonly stateDirectory: string,
  ) {}

  static async start(): Promise<BenchCluster> {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'bench-clients-'));
    const config = parseConfig({
      ...environments.local,
      brokers: { ...environments.local.brokers, storage: { size: gibibytes(20) } },
      topics: Object.values(TOPICS).map((name) => ({
        name,
        partitions: PARTITIONS,
        keyed: true,
        retentionMs: hours(1),
        segmentBytes: mebibytes(128),
        expectedIngress: kibibytesPerSecond(64),
      })),
      samples: { enabled: false },
      local: { stateDirectory },
    });
    const progress = consoleProgress();
    const runtime = await localRuntime(config, progress);
    const platform = await LocalPlatform.start({ config, runtime, progress });
    await applyTopics({ bootstrap: platform.bootstrap, topics: config.topics });
    return new BenchCluster(platform, runtime, stateDirectory);
  }

  get bootstrap(): readonly string[] {
    return this.platform.bootstrap;
  }

  async stop(): Promise<void> {
    await this.platform.stop();
    rmSync(this.stateDirectory, { recursive: true });
  }
}

const values = Array.from({ length: VALUES }, () =>
  Buffer.from(Array.from({ length: RECORD_BYTES }, () => 0x41 + Math.floor(Math.random() * 26))),
);

/** The same for whoever writes: capital letters, as Kafka's own producer bench writes them. */
export const recordOf = (index: number): { readonly key: string; readonly value: Buffer } => ({
  key: `key-${index % KEYS}`,
  value: values[index % VALUES] ?? Buffer.alloc(RECORD_BYTES),
});
