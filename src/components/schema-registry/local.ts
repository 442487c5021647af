import type { KafkaConnection } from '../../protocol/connection';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../../processes/write-private';
import { apicurioSecurity } from './apicurio-security';
import { APICURIO_BASE_PATH, apicurioEnvironment, registryProvider } from './provider';
import { LOOPBACK } from '../kafka-cluster/local-layout';
import { heapOptions } from '../kafka-cluster/start-script';
import { createMissing } from '../topics/create-missing';
import { opens } from '../../protocol/opens';
import { answers } from '../../processes/answers';
import type { ServiceParts } from '../../processes/service-parts';
import type { ClusterLayout } from '../kafka-cluster/layout';
import { isBroker } from '../kafka-cluster/nodes';
import type { SchemaRegistryConfig } from './config';
import { QUICK_START } from '../../processes/quick-start';
import type { RegistryProgram } from './distribution';

/** An idle machine needs 8 s, a busy one three times as long. */
const START_MS = 90_000;

/** The registry reconnects to returning brokers within seconds. */
const UNREADY_MS = 30_000;

interface LocalRegistryProps {
  readonly config: SchemaRegistryConfig;
  readonly layout: ClusterLayout;
  /** Of an administrator, who makes the topics. */
  readonly admin: KafkaConnection;
  /** Of the registry itself. */
  readonly connection: KafkaConnection;
  /** Ports on the loopback interface: the API, and health and metrics. */
  readonly ports: { readonly api: number; readonly management: number };
  /** Directory of the registry's files. */
  readonly directory: string;
  readonly program: RegistryProgram;
}

/**
 * A local Apicurio Registry that stores its records in the platform's brokers. A registry that starts without brokers
 * never becomes ready, and it would create its topics with unsuitable settings. It is therefore started after as many
 * brokers as its topics need.
 */
export function localRegistry({
  config,
  layout,
  admin,
  connection,
  ports,
  directory,
  program: { java, distribution },
}: LocalRegistryProps): ServiceParts {
  const temporary = join(directory, 'tmp');
  const security = join(directory, 'kafka.properties');
  // Left behind by a registry that was killed.
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const { minInsyncReplicas } = config.brokers.internalTopics;
  const { ready, topics = [] } = registryProvider(config) ?? {};
  return {
    url: `http://${LOOPBACK}:${ports.api}${APICURIO_BASE_PATH}`,
    process: {
      name: 'The schema registry',
      program: java,
      args: [
        ...heapOptions(config.registry.heap).split(' '),
        ...QUICK_START,
        '-XX:+ExitOnOutOfMemoryError',
        `-Djava.io.tmpdir=${temporary}`,
        `-Dsmallrye.config.locations=${security}`,
        `-Dquarkus.http.host=${LOOPBACK}`,
        `-Dquarkus.http.port=${ports.api}`,
        `-Dquarkus.management.host=${LOOPBACK}`,
        `-Dquarkus.management.port=${ports.management}`,
        '-jar',
        join(distribution, 'quarkus-run.jar'),
      ],
      env: apicurioEnvironment(connection.bootstrapServers.join(',')),
      isReady: () => answers(`http://${LOOPBACK}:${ports.management}${ready?.path ?? ''}`),
      canRun: async () => {
        const open = await Promise.all(
          layout.nodes.filter(isBroker).map(({ host, ports: { client } }) => opens(host, client)),
        );
        return open.filter(Boolean).length >= minInsyncReplicas;
      },
      prepare: async () => {
        await createMissing({ connection: admin, topics });
        writePrivate(security, apicurioSecurity(connection));
      },
      startMs: START_MS,
      unreadyMs: UNREADY_MS,
    },
  };
}
