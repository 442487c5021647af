import type { KafkaConnection } from '../../src/protocol/connection';
import { rmSync } from 'node:fs';
import type { Platform } from '../../src/platform/load';
import type { LocalPlatform } from '../../src/local/local-platform';
import { applySchemas } from '../../src/components/schemas/apply';
import { loadSubjects } from '../../src/components/schemas/load';
import { registryClient, type RegistryClient } from '../../src/registry-client/registry-client';
import { applyTopics } from '../../src/components/topics/apply';
import { startApicurio, type Apicurio } from './apicurio';
import { discard, startPlatform } from './local-platform';
import { schemas } from '../../examples/catalogue/schemas';

/** Brokers and a real registry, with the topics of the configuration and the schemas of the catalogue. */
export interface PlatformWithRegistry {
  readonly connection: KafkaConnection;
  /** URL of the registry. */
  readonly registry: string;
  readonly client: RegistryClient;
  /** Also removes the state of the brokers. */
  stop(): Promise<void>;
}

export async function startPlatformWithRegistry(config: Platform): Promise<PlatformWithRegistry> {
  const starting = [startPlatform(config), startApicurio()] as const;
  const [platform, apicurio] = await Promise.all(starting).catch(async (error: unknown) => {
    const [brokers, registry] = await Promise.allSettled(starting);
    if (brokers.status === 'fulfilled') await discard(brokers.value);
    if (registry.status === 'fulfilled') await registry.value.stop();
    throw error;
  });
  const stop = async (): Promise<void> => {
    await Promise.all([discard(platform), apicurio.stop()]);
    rmSync(config.local.stateDirectory, { recursive: true });
  };
  try {
    return { ...(await furnished(config, platform, apicurio)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnished(config: Platform, { connection }: LocalPlatform, { url: registry }: Apicurio) {
  const client = registryClient({ url: registry });
  await applyTopics({ connection, topics: config.topics });
  await applySchemas({ registry: client, subjects: loadSubjects(schemas) });
  return { connection, registry, client };
}
