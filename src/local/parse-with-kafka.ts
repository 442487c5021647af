import { join } from 'node:path';
import type { Platform } from '../platform/load';
import { brokerProperties } from '../components/kafka-cluster/broker-properties';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import { isBroker } from '../components/kafka-cluster/nodes';
import { topicConfig } from '../components/topics/topic-config';
import { runJavaSource } from '../processes/java-source';
import type { Runtime } from './prepare';

const SOURCE = join(__dirname, 'kafka-settings', 'ParseSettings.java');

/** A configuration in the form that Kafka reads. */
export interface KafkaSettings {
  /** Text of a broker's properties file. */
  readonly properties: string;
  /** Topic settings with Kafka's names and values, by topic name. */
  readonly topics: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A refusal in Kafka's words. */
export interface KafkaRefusal {
  /** Topic that could not be created; absent if the broker would not start. */
  readonly topic?: string;
  readonly reason: string;
}

/**
 * Parses configurations with the code of the Kafka release in the class path: properties like a starting broker, topics like
 * a controller that creates them. One JVM parses all: about 2 s, and 1 ms for each configuration.
 * @returns the refusals of each configuration; Kafka does not refuse unknown broker properties
 * @throws {UserError} if the Java installation has no compiler
 */
export async function parseWithKafka(
  { java, classPath }: Runtime,
  all: readonly KafkaSettings[],
): Promise<readonly (readonly KafkaRefusal[])[]> {
  const output = await runJavaSource({ java, classPath, source: SOURCE, input: JSON.stringify(all) });
  return JSON.parse(output) as KafkaRefusal[][];
}

/** Rendered broker properties and topic settings. Brokers differ only in identity and addresses; the first represents all. */
export function kafkaSettings(config: Platform, layout: ClusterLayout): KafkaSettings {
  const node = layout.nodes.find(isBroker);
  if (node === undefined) throw new Error('a cluster has brokers');
  return {
    properties: brokerProperties(config, layout, node),
    topics: Object.fromEntries(config.topics.map((topic) => [topic.name, topicConfig(topic)])),
  };
}
