import { rmSync } from 'node:fs';
import type { Platform } from '../../src/config/load';
import type { LocalPlatform } from '../../src/embedded/local-platform';
import { applySchemas } from '../../src/schemas/apply';
import { loadSubjects } from '../../src/schemas/load';
import { registryClient, type RegistryClient } from '../../src/schemas/registry-client';
import { applyTopics } from '../../src/topics/apply';
import { startApicurio, type Apicurio } from './apicurio';
import { startPlatform } from './local-platform';

/** Brokers and a real registry, with the topics of the configuration and the schemas of the catalogue. */
export interface PlatformWithRegistry {
  readonly bootstrap: readonly string[];
  /** Address of the registry. */
  readonly registry: string;
  readonly client: RegistryClient;
  /** Removes the state of the brokers too. */
  stop(): Promise<void>;
}

export async function startPlatformWithRegistry(config: Platform): Promise<PlatformWithRegistry> {
  const platform = await startPlatform(config);
  const apicurio = await startApicurio().catch(async (error: unknown) => {
    await platform.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await Promise.all([platform.stop(), apicurio.stop()]);
    rmSync(config.local.stateDirectory, { recursive: true });
  };
  try {
    return { ...(await furnished(config, platform, apicurio)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnished(config: Platform, { bootstrap }: LocalPlatform, { url: registry }: Apicurio) {
  const client = registryClient({ url: registry });
  await applyTopics({ bootstrap, topics: config.topics });
  await applySchemas({ registry: client, subjects: loadSubjects() });
  return { bootstrap, registry, client };
}
