import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Jdk } from '../processes/jdk';
import { fetchJars, type Artifact } from '../processes/maven';

/** Release of log4j that Kafka 4.3 uses. */
const LOG4J_VERSION = '2.25.1';

/** Exposes the brokers' metrics. Only this release is a single artifact, which needs no second repository. */
export const METRICS_REPORTER: Artifact = 'io.strimzi:metrics-reporter:0.2.0';

/** Relative to the project; all local platforms of a checkout share the jars. */
const JARS_DIRECTORY = '.platform/jars';

interface ClassPathProps {
  /** Kafka release. */
  readonly version: string;
  readonly jdk: Jdk;
}

/**
 * Class path of a broker, including the metrics reporter.
 * @throws {UserError} if a jar cannot be fetched
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

/** Directory of the metrics reporter's jars. @throws {UserError} if they cannot be fetched */
export const metricsReporterJars = (jdk: Jdk): Promise<string> =>
  fetchJars({ parent: JARS_DIRECTORY, name: 'metrics-reporter', artifacts: [METRICS_REPORTER], jdk });

/** Paths of the jars in a directory, sorted by name. */
export const jarsIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(directory, name));
