import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Jdk } from '../processes/jdk';
import { fetchJars, type Artifact } from '../processes/maven';

/** Release of log4j that Kafka 4.3 logs through. */
const LOG4J_VERSION = '2.25.1';

/** Makes brokers tell Prometheus how they are. The one release that is a single artifact, and so needs no other repository. */
const METRICS_REPORTER: Artifact = 'io.strimzi:metrics-reporter:0.2.0';

/** Below the project: every local platform of the checkout shares the jars. */
const JARS_DIRECTORY = '.platform/jars';

interface ClassPathProps {
  /** Kafka's release. */
  readonly version: string;
  readonly jdk: Jdk;
}

/**
 * The class path of a broker of a Kafka release, with the reporter of its metrics.
 * @throws {UserError} when it cannot be fetched
 */
export async function kafkaClassPath({ version, jdk }: ClassPathProps): Promise<string> {
  const kafka = await fetchJars({
    parent: JARS_DIRECTORY,
    name: `kafka-${version}`,
    artifacts: [
      `org.apache.kafka:kafka_2.13:${version}`,
      `org.apache.kafka:kafka-tools:${version}`,
      `org.apache.logging.log4j:log4j-core:${LOG4J_VERSION}`,
      `org.apache.logging.log4j:log4j-slf4j-impl:${LOG4J_VERSION}`,
    ],
    jdk,
  });
  return [...jarsIn(kafka), ...jarsIn(await metricsReporterJars(jdk))].join(':');
}

/** The directory with the reporter's jars. @throws {UserError} when they cannot be fetched */
export const metricsReporterJars = (jdk: Jdk): Promise<string> =>
  fetchJars({ parent: JARS_DIRECTORY, name: 'metrics-reporter', artifacts: [METRICS_REPORTER], jdk });

/** Paths of the jars of a directory, in the order of their names. */
export const jarsIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(directory, name));
