import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environments } from '../../src/config/environments';
import { parseConfig, type Platform } from '../../src/config/load';
import type { PlatformInput } from '../../src/config/schema';
import { silentProgress } from '../../src/console/progress';
import { LocalPlatform } from '../../src/embedded/local-platform';
import { localRuntime } from '../../src/embedded/runtime';

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'kafka-platform-test-'));

/** The local environment with a state directory of its own. */
export const threeBrokers = (stateDirectory: string, override: Partial<PlatformInput> = {}): Platform =>
  parseConfig({ ...environments.local, ...override, local: { stateDirectory } });

/** The smallest cluster there is, for what does not need three. */
export function oneBroker(stateDirectory: string, override: Partial<PlatformInput> = {}): Platform {
  return parseConfig({
    ...environments.local,
    topics: [],
    samples: { enabled: false },
    ...override,
    brokers: {
      ...environments.local.brokers,
      count: 1,
      quorum: { clusterId: environments.local.brokers.quorum.clusterId, voters: 1 },
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
