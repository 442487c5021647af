import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../validation/user-error';
import { contentHash } from '../kubernetes/content-hash';
import { environmentOf, type Jdk } from './jdk';

const LAST_LINES = 15;
const HASH_LENGTH = 8;

/** `group:artifact:version`. */
export type Artifact = `${string}:${string}:${string}`;

interface JarsProps {
  /** Directory with one subdirectory for each set of jar files. */
  readonly parent: string;
  /** Name of the subdirectory; a suffix depends on its contents. */
  readonly name: string;
  readonly artifacts: readonly Artifact[];
  /** JDK that runs Maven. */
  readonly jdk: Jdk;
}

/**
 * Downloads artifacts and their dependencies once with Maven, and returns their directory.
 * @throws {UserError} if Maven is missing or fails
 */
export async function fetchJars({ parent, name, artifacts, jdk }: JarsProps): Promise<string> {
  const pom = pomFor(artifacts);
  const directory = resolve(parent, `${name}-${contentHash({ pom }).slice(0, HASH_LENGTH)}`);
  await once(directory, async (work) => {
    writeFileSync(join(work, 'pom.xml'), pom);
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${work}`];
    await maven(['--file', join(work, 'pom.xml'), ...goal], { directory: work, jdk });
  });
  return directory;
}

interface ArchiveProps {
  readonly directory: string;
  /** `group:artifact:version:type:classifier`. */
  readonly artifact: string;
  readonly jdk: Jdk;
}

/** Downloads and unpacks an archive once with Maven. @throws {UserError} if Maven is missing or fails */
export async function fetchArchive({ directory, artifact, jdk }: ArchiveProps): Promise<void> {
  await once(directory, (work) => {
    const goal = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`];
    // Runs in a separate directory, so that a POM in the working directory has no effect.
    return maven(goal, { directory: work, jdk });
  });
}

/** The directory is renamed to its final name when it is complete. */
async function once(directory: string, fill: (work: string) => Promise<void>): Promise<void> {
  if (existsSync(directory)) return;
  const work = `${directory}.${process.pid}.tmp`;
  mkdirSync(work, { recursive: true });
  try {
    await fill(work);
    if (!existsSync(directory)) renameSync(work, directory);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface MavenProps {
  readonly directory: string;
  readonly jdk: Jdk;
}

function maven(args: readonly string[], { directory, jdk }: MavenProps): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('mvn', ['--batch-mode', '--quiet', ...args], {
      cwd: directory,
      env: environmentOf(jdk),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.on('error', () =>
      fail(
        new UserError(
          'Maven (mvn) is not in PATH; it downloads the Java programs.',
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
      fail(new UserError(`Maven could not download the artifacts:\n    ${lines}`));
    });
  });
}

const pomFor = (artifacts: readonly Artifact[]): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafka-platform</groupId>
  <artifactId>local</artifactId>
  <version>1</version>
  <dependencies>
${artifacts.map(dependency).join('\n')}
  </dependencies>
</project>
`;

function dependency(artifact: Artifact): string {
  const [group = '', name = '', version = ''] = artifact.split(':');
  const body = `<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>`;
  return `    <dependency>${body}</dependency>`;
}
