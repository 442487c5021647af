import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { APICURIO_BASE_PATH, apicurioEnvironment, registryProvider } from '../render/registry-provider';
import { LOOPBACK } from '../render/local-layout';
import { heapOptions } from '../render/start-script';
import { createMissing } from '../topics/create-missing';
import { opens } from '../wire/opens';
import { answers } from './answers';
import type { ServiceParts, ServicePlace } from './service-place';
import { QUICK_START } from './quick-start';
import type { RegistryProgram } from './service-programs';

/** An idle machine needs 8 s, a busy one three times that. */
const START_MS = 90_000;

/** Brokers that come back are found within seconds. */
const UNREADY_MS = 30_000;

/**
 * Apicurio Registry with its records in the platform's own brokers. One that starts while no broker answers stays unready
 * for good, so it waits for as many as its topics need; and it would make these worse.
 */
export function registryService(
  { config, layout, bootstrap, ports, directory }: ServicePlace,
  { java, distribution }: RegistryProgram,
): ServiceParts {
  const temporary = join(directory('registry'), 'tmp');
  // What a killed one left behind.
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const { minInsyncReplicas } = config.brokers.internalTopics;
  const { ready, topics = [] } = registryProvider(config) ?? {};
  return {
    url: `http://${LOOPBACK}:${ports.registry}${APICURIO_BASE_PATH}`,
    process: {
      name: 'The schema registry',
      program: java,
      args: [
        ...heapOptions(config.registry.heap).split(' '),
        ...QUICK_START,
        '-XX:+ExitOnOutOfMemoryError',
        `-Djava.io.tmpdir=${temporary}`,
        `-Dquarkus.http.host=${LOOPBACK}`,
        `-Dquarkus.http.port=${ports.registry}`,
        `-Dquarkus.management.host=${LOOPBACK}`,
        `-Dquarkus.management.port=${ports.registryManagement}`,
        '-jar',
        join(distribution, 'quarkus-run.jar'),
      ],
      env: apicurioEnvironment(bootstrap.join(',')),
      isReady: () => answers(`http://${LOOPBACK}:${ports.registryManagement}${ready?.path ?? ''}`),
      canRun: async () => {
        const open = await Promise.all(layout.nodes.map(({ host, ports: { client } }) => opens(host, client)));
        return open.filter(Boolean).length >= minInsyncReplicas;
      },
      prepare: async () => {
        await createMissing({ bootstrap, topics });
      },
      startMs: START_MS,
      unreadyMs: UNREADY_MS,
    },
  };
}
