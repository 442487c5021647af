import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../console/user-error';
import { contentHash } from '../render/content-hash';
import type { Jdk } from './jdk';

/** Release of log4j that Kafka 4.3 logs through. */
const LOG4J_VERSION = '2.25.1';

/** Below the project: every local platform of the checkout shares the jars. */
const JARS_DIRECTORY = '.platform/jars';

const LAST_LINES = 15;

interface ClassPathProps {
  /** Kafka's release. */
  readonly version: string;
  readonly jdk: Jdk;
}

/**
 * The class path of a Kafka release, fetched once through Maven's own client and kept below the project.
 * @throws {UserError} when Maven is missing or fails
 */
export async function kafkaClassPath(props: ClassPathProps): Promise<string> {
  const pom = pomFor(props.version);
  const directory = resolve(JARS_DIRECTORY, `kafka-${props.version}-${contentHash({ pom }).slice(0, 8)}`);
  // The directory appears under its name only when it is complete.
  if (!existsSync(directory)) await fetchJars(pom, directory, props);
  return readdirSync(directory)
    .filter((name) => name.endsWith('.jar'))
    .sort()
    .map((name) => join(directory, name))
    .join(':');
}

async function fetchJars(pom: string, directory: string, { jdk }: ClassPathProps): Promise<void> {
  const work = `${directory}.${process.pid}.tmp`;
  mkdirSync(work, { recursive: true });
  try {
    writeFileSync(join(work, 'pom.xml'), pom);
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${work}`];
    await maven(['--batch-mode', '--quiet', '--file', join(work, 'pom.xml'), ...goal], javaHome(jdk));
    if (!existsSync(directory)) renameSync(work, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Maven runs on the same JDK as the brokers. */
function javaHome({ java }: Jdk): NodeJS.ProcessEnv {
  return { JAVA_HOME: resolve(realpathSync(java), '..', '..') };
}

function maven(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('mvn', args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.on('error', () =>
      fail(
        new UserError(
          'Maven (mvn) is not in PATH; Kafka’s jars are fetched through it.',
          'install it (Debian: apt-get install maven; macOS: brew install maven)',
        ),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) {
        done();
        return;
      }
      const lines = output.join('').trim().split('\n').slice(0, LAST_LINES).join('\n    ');
      fail(
        new UserError(
          `Maven could not fetch Kafka’s jars:\n    ${lines}`,
          'see that Maven reaches its repository, then run again',
        ),
      );
    });
  });
}

const pomFor = (version: string): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafka-platform</groupId>
  <artifactId>local</artifactId>
  <version>1</version>
  <dependencies>
${[
  dependency('org.apache.kafka', 'kafka_2.13', version),
  dependency('org.apache.kafka', 'kafka-tools', version),
  dependency('org.apache.logging.log4j', 'log4j-core', LOG4J_VERSION),
  dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', LOG4J_VERSION),
].join('\n')}
  </dependencies>
</project>
`;

function dependency(groupId: string, artifactId: string, version: string): string {
  const body = `<groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version>`;
  return `    <dependency>${body}</dependency>`;
}
