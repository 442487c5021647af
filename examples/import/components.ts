import { App, Chart } from 'cdk8s';
import {
  KafkaCluster,
  PlatformConfig,
  SchemaRegistry,
  TopicProvisioning,
  days,
  gibibytes,
  kibibytesPerSecond,
  parseConfig,
} from 'kafka-platform';

const app = new App();
const namespace = 'shop';
const chart = new Chart(app, 'payments', { namespace });

// Holds every rule, and has every default.
const config = parseConfig({
  name: 'payments',
  namespace,
  brokers: { clusterId: 'N5yqRzTPTkKTgKuJ0xLWLA', nodePools: [{ storage: { size: gibibytes(150) } }] },
  topics: [
    { name: 'payments', partitions: 6, keyed: true, retentionMs: days(7), expectedIngress: kibibytesPerSecond(64) },
  ],
});

const kafka = new KafkaCluster(chart, 'kafka', config);
const { configMaps } = new PlatformConfig(chart, 'config', { config });
new TopicProvisioning(chart, 'topics', { ...config, configMaps });
const registry = new SchemaRegistry(chart, 'registry', { ...config, configMaps });

console.log(`brokers: ${kafka.bootstrapServers}, registry: ${registry.url}`);
app.synth();
