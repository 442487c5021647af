import { firstPool } from './first-pool';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill } from 'node:process';
import { environments } from '../../platform/environments';
import { parseConfig, type Platform } from '../../src/platform/load';
import type { PlatformInput } from '../../src/platform/schema';
import { silentProgress } from '../../src/console/progress';
import { LocalPlatform } from '../../src/local/local-platform';
import { localRuntime } from '../../src/local/runtime';
import { catalogueTopics } from './with-catalogue';

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'kafka-platform-test-'));

/** The local environment with a separate state directory. */
export const threeBrokers = (stateDirectory: string, override: Partial<PlatformInput> = {}): Platform =>
  parseConfig({
    ...environments.local,
    topics: catalogueTopics,
    applications: {},
    ...override,
    local: { stateDirectory },
  });

/** The nodes of the smallest possible cluster. */
export const oneNode = { nodePools: [{ ...firstPool(environments.local.brokers), replicas: 1 }] };

/** The smallest possible cluster, for tests that do not need three brokers. */
export function oneBroker(stateDirectory: string, override: Partial<PlatformInput> = {}): Platform {
  return parseConfig({
    ...environments.local,
    topics: [],
    applications: {},
    ...override,
    brokers: {
      ...environments.local.brokers,
      ...oneNode,
      replicationFactor: 1,
      minInsyncReplicas: 1,
      internalTopics: { replicationFactor: 1, minInsyncReplicas: 1 },
      ...override.brokers,
    },
    local: { stateDirectory, ...override.local },
  });
}

export async function startPlatform(config: Platform, onCrash?: (error: Error) => void): Promise<LocalPlatform> {
  const runtime = await localRuntime(config, silentProgress);
  return LocalPlatform.start({ config, runtime, progress: silentProgress, ...(onCrash ? { onCrash } : {}) });
}

/** Kills brokers whose data is no longer needed: an orderly stop of all voters takes six seconds longer. */
export async function discard(platform: LocalPlatform): Promise<void> {
  const pids = platform.nodeIds.map((id) => platform.pid(id));
  const stopped = platform.stop();
  for (const pid of pids) if (pid !== undefined) kill(pid, 'SIGKILL');
  await stopped;
}
