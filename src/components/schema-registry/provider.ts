import { APICURIO_VERSION } from './apicurio-version';
import type { SchemaRegistryConfig } from './config';
import type { Topic } from '../topics/topic';
import { FOREVER, days, mebibytes } from '../../validation/units';
import { bootstrapAddress } from '../kafka-cluster/kubernetes-layout';
import { largestHeap } from '../kafka-cluster/start-script';

/** The properties of a schema registry that depend on its software. */
export interface RegistryProvider {
  /** `app.kubernetes.io/name`. */
  readonly application: string;
  readonly image: string;
  /** User id of the image. */
  readonly user: number;
  /** Port of the API. */
  readonly port: number;
  /** Path of the Confluent API. */
  readonly basePath: string;
  /** Metrics endpoint; undefined if there is none. */
  readonly metrics: { readonly port: number; readonly path: string } | undefined;
  /** Endpoint that succeeds once the registry has read its topics and can serve. */
  readonly ready: { readonly port: number; readonly path: string };
  readonly env: Readonly<Record<string, string>>;
  /** Environment variable for the pod's own address, by which replicas reach each other. */
  readonly addressVariable: string | undefined;
  /** Directories that the registry writes to. */
  readonly writable: readonly string[];
  /**
   * Topics of the registry. They must exist before it starts, because it would create them with unsuitable settings.
   */
  readonly topics: readonly Topic[];
  /** Beginning of the names of its consumer groups. */
  readonly groupPrefix: string;
}

/** The registry of a configuration; undefined if there is none. */
export function registryProvider(config: SchemaRegistryConfig): RegistryProvider | undefined {
  switch (config.registry.provider) {
    case 'apicurio':
      return apicurio(config);
    case 'confluent':
      return confluent(config);
    case 'none':
      return undefined;
  }
}

/** Ports of Apicurio's image. */
const APICURIO_PORTS = { api: 8080, management: 9000 };

/** Port of Confluent's image. */
const CONFLUENT_PORT = 8081;

/** Path of the Confluent API in Apicurio. */
export const APICURIO_BASE_PATH = '/apis/ccompat/v7';

/**
 * Environment variables of Apicurio with storage in Kafka, in Kubernetes and locally. @param bootstrapServers
 * `host:port,...`
 */
export const apicurioEnvironment = (bootstrapServers: string): Readonly<Record<string, string>> => ({
  APICURIO_STORAGE_KIND: 'kafkasql',
  APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: bootstrapServers,
  // Timeout in milliseconds of each of four reads at the start, instead of 5 s. If the registry misses a snapshot
  // because of it, the start only takes longer: the journal, from which snapshots are made, has unlimited retention.
  APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT: '1000',
});

/** Source: Apicurio Registry's documentation, 3.3. */
function apicurio(config: SchemaRegistryConfig): RegistryProvider {
  const { registry } = config;
  return {
    application: 'apicurio-registry',
    image: registry.image ?? `apicurio/apicurio-registry:${APICURIO_VERSION}`,
    user: 1001,
    port: APICURIO_PORTS.api,
    basePath: APICURIO_BASE_PATH,
    metrics: { port: APICURIO_PORTS.management, path: '/metrics' },
    ready: { port: APICURIO_PORTS.management, path: '/health/ready' },
    // JAVA_OPTIONS would replace the options that make the registry listen on all addresses.
    env: { ...apicurioEnvironment(bootstrapAddress(config)), JAVA_OPTS_APPEND: largestHeap(registry.heap) },
    addressVariable: undefined,
    writable: ['/tmp'],
    // By default Apicurio creates these topics with the brokers' defaults, including the number of partitions, although
    // the order of the records matters.
    topics: ['kafkasql-journal', 'kafkasql-snapshots', 'registry-events'].map((name) =>
      logTopic(config, { name, cleanupPolicy: 'delete' }),
    ),
    groupPrefix: 'apicurio-',
  };
}

/** Source: Confluent's documentation and image, 8.3. Metrics would require an agent, which is not rendered. */
function confluent(config: SchemaRegistryConfig): RegistryProvider {
  const { brokers, registry } = config;
  return {
    application: 'schema-registry',
    image: registry.image ?? 'confluentinc/cp-schema-registry:8.3.2',
    user: 1000,
    port: CONFLUENT_PORT,
    basePath: '',
    metrics: undefined,
    ready: { port: CONFLUENT_PORT, path: '/subjects' },
    env: {
      SCHEMA_REGISTRY_LISTENERS: `http://0.0.0.0:${CONFLUENT_PORT}`,
      SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS: `PLAINTEXT://${bootstrapAddress(config)}`,
      SCHEMA_REGISTRY_KAFKASTORE_TOPIC: CONFLUENT_TOPIC,
      SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR: String(brokers.internalTopics.replicationFactor),
      SCHEMA_REGISTRY_CUB_KAFKA_MIN_BROKERS: String(brokers.internalTopics.minInsyncReplicas),
      SCHEMA_REGISTRY_CUB_KAFKA_TIMEOUT: '300',
      SCHEMA_REGISTRY_HEAP_OPTS: largestHeap(registry.heap),
    },
    addressVariable: 'SCHEMA_REGISTRY_HOST_NAME',
    writable: ['/etc/schema-registry', '/usr/logs', '/tmp'],
    // With any other cleanup policy the registry would lose schemas.
    topics: [logTopic(config, { name: CONFLUENT_TOPIC, cleanupPolicy: 'compact' })],
    groupPrefix: 'schema-registry',
  };
}

const CONFLUENT_TOPIC = '_schemas';

/**
 * A topic with one partition and unlimited retention. If records were deleted, a registry would start without some of
 * its schemas.
 */
function logTopic({ brokers }: SchemaRegistryConfig, own: Pick<Topic, 'name' | 'cleanupPolicy'>): Topic {
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
