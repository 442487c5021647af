import type { Platform } from '../config/load';
import type { Topic } from '../config/topics';
import { FOREVER, days, mebibytes } from '../config/units';
import { bootstrapAddress } from './kubernetes-layout';
import { workloadNames } from './names';
import { largestHeap } from './start-script';

/** What a schema registry is, whatever its software. */
export interface RegistryProvider {
  readonly image: string;
  /** User of the image, as number. */
  readonly user: number;
  /** Of its API. */
  readonly port: number;
  /** Path under which it speaks the Confluent API. */
  readonly basePath: string;
  /** Where it serves metrics, when it does. */
  readonly metrics: { readonly port: number; readonly path: string } | undefined;
  /** Answers once it has read its topics and can serve. */
  readonly ready: { readonly port: number; readonly path: string };
  readonly env: Readonly<Record<string, string>>;
  /** Variable that takes the pod's own address, by which replicas reach each other. */
  readonly addressVariable: string | undefined;
  /** Directories that it writes to. */
  readonly writable: readonly string[];
  /** Its own topics, which have to be there before it starts, as it would make them worse. */
  readonly topics: readonly Topic[];
}

/** The registry of a configuration; nothing when it has none. */
export function registryProvider(config: Platform): RegistryProvider | undefined {
  switch (config.registry.provider) {
    case 'apicurio':
      return apicurio(config);
    case 'confluent':
      return confluent(config);
    case 'none':
      return undefined;
  }
}

/** The one address of the registry, base path included, for everything in the cluster; nothing when there is none. */
export function registryUrl(config: Platform): string | undefined {
  const provider = registryProvider(config);
  if (provider === undefined) return undefined;
  return `http://${workloadNames(config).registryHost}:${provider.port}${provider.basePath}`;
}

/** Path of the Confluent API in Apicurio. */
export const APICURIO_BASE_PATH = '/apis/ccompat/v7';

/** Settings of Apicurio with its records in Kafka, wherever it runs. @param bootstrap `host:port,...` */
export const apicurioEnvironment = (bootstrap: string): Readonly<Record<string, string>> => ({
  APICURIO_STORAGE_KIND: 'kafkasql',
  APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: bootstrap,
  // Milliseconds for each of four reads at its start, instead of 5 s. A snapshot that it misses by that costs it time
  // alone: the journal, of which a snapshot is made, is kept for ever.
  APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT: '1000',
});

/** Source: Apicurio Registry's documentation, 3.3. */
function apicurio(config: Platform): RegistryProvider {
  const { registry } = config;
  return {
    image: registry.image ?? 'apicurio/apicurio-registry:3.3.3',
    user: 1001,
    port: 8080,
    basePath: APICURIO_BASE_PATH,
    metrics: { port: 9000, path: '/metrics' },
    ready: { port: 9000, path: '/health/ready' },
    // JAVA_OPTIONS would replace what makes it listen on all addresses.
    env: { ...apicurioEnvironment(bootstrapAddress(config)), JAVA_OPTS_APPEND: largestHeap(registry.heap) },
    addressVariable: undefined,
    writable: ['/tmp'],
    // Left to itself, it makes them with the brokers' defaults, of partitions as well, though their order matters.
    topics: ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'].map((name) =>
      logTopic(config, { name, cleanupPolicy: 'delete' }),
    ),
  };
}

/** Source: Confluent's documentation and image, 8.3. Its metrics need an agent that is not rendered. */
function confluent(config: Platform): RegistryProvider {
  const { brokers, registry } = config;
  return {
    image: registry.image ?? 'confluentinc/cp-schema-registry:8.3.2',
    user: 1000,
    port: 8081,
    basePath: '',
    metrics: undefined,
    ready: { port: 8081, path: '/subjects' },
    env: {
      SCHEMA_REGISTRY_LISTENERS: 'http://0.0.0.0:8081',
      SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS: `PLAINTEXT://${bootstrapAddress(config)}`,
      SCHEMA_REGISTRY_KAFKASTORE_TOPIC: CONFLUENT_TOPIC,
      SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR: String(brokers.internalTopics.replicationFactor),
      SCHEMA_REGISTRY_CUB_KAFKA_MIN_BROKERS: String(brokers.internalTopics.minInsyncReplicas),
      SCHEMA_REGISTRY_CUB_KAFKA_TIMEOUT: '300',
      SCHEMA_REGISTRY_HEAP_OPTS: largestHeap(registry.heap),
    },
    addressVariable: 'SCHEMA_REGISTRY_HOST_NAME',
    writable: ['/etc/schema-registry', '/usr/logs', '/tmp'],
    // With any other policy the registry forgets schemas.
    topics: [logTopic(config, { name: CONFLUENT_TOPIC, cleanupPolicy: 'compact' })],
  };
}

const CONFLUENT_TOPIC = '_schemas';

/** One partition, kept for ever: with fewer records a registry would start without schemas that it had. */
function logTopic({ brokers }: Platform, own: Pick<Topic, 'name' | 'cleanupPolicy'>): Topic {
  return {
    ...own,
    partitions: 1,
    replicationFactor: brokers.internalTopics.replicationFactor,
    minInsyncReplicas: brokers.internalTopics.minInsyncReplicas,
    keyed: true,
    retentionMs: FOREVER,
    segmentBytes: mebibytes(64),
    segmentMs: days(7),
    settings: {},
  };
}
