import { join } from 'node:path';
import type { Platform } from '../platform/load';
import { brokerProperties } from '../components/kafka-cluster/broker-properties';
import type { ClusterLayout } from '../components/kafka-cluster/layout';
import { topicConfig } from '../components/topics/topic-config';
import { runJavaSource } from '../processes/java-source';
import type { Runtime } from './prepare';

const SOURCE = join(__dirname, 'kafka-settings', 'ParseSettings.java');

/** One configuration as Kafka reads it. */
export interface KafkaSettings {
  /** Text of a broker's properties file. */
  readonly properties: string;
  /** Settings of topics, Kafka's names and texts, by the topic's name. */
  readonly topics: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What Kafka would refuse, in Kafka's words. */
export interface KafkaRefusal {
  /** The topic that could not be created; absent when the broker would not start. */
  readonly topic?: string;
  readonly reason: string;
}

/**
 * Has the code of the release that is in the class path parse configurations as a broker does when it starts, and their topics as a
 * controller does when it creates them. One JVM for all of them: some 2 s, and 1 ms for each.
 * @returns the refusals of each configuration, none for one that Kafka takes; unknown names of broker properties are none to Kafka
 * @throws {UserError} when the Java has no compiler
 */
export async function parseWithKafka(
  { java, classPath }: Runtime,
  all: readonly KafkaSettings[],
): Promise<readonly (readonly KafkaRefusal[])[]> {
  const output = await runJavaSource({ java, classPath, source: SOURCE, input: JSON.stringify(all) });
  return JSON.parse(output) as KafkaRefusal[][];
}

/** What the brokers and topics of a configuration come to. The nodes differ in identity and addresses only: the first stands for all. */
export function kafkaSettings(config: Platform, layout: ClusterLayout): KafkaSettings {
  const [node] = layout.nodes;
  if (node === undefined) throw new Error('a cluster has nodes');
  return {
    properties: brokerProperties(config, layout, node),
    topics: Object.fromEntries(config.topics.map((topic) => [topic.name, topicConfig(topic)])),
  };
}
