import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../console/user-error';
import { contentHash } from '../render/content-hash';
import { environmentOf, type Jdk } from './jdk';

const LAST_LINES = 15;
const HASH_LENGTH = 8;

/** `group:artifact:version`. */
export type Artifact = `${string}:${string}:${string}`;

interface JarsProps {
  /** Directory that holds one directory for each set of jars. */
  readonly parent: string;
  /** What it is called there; what is in it decides its suffix. */
  readonly name: string;
  readonly artifacts: readonly Artifact[];
  /** Maven runs on it. */
  readonly jdk: Jdk;
}

/**
 * The directory with the jars of some artifacts and of all that they need, fetched once through Maven's own client.
 * @throws {UserError} when Maven is missing or fails
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

/** Fetches and unpacks an archive once, through Maven's own client. @throws {UserError} when Maven is missing or fails */
export async function fetchArchive({ directory, artifact, jdk }: ArchiveProps): Promise<void> {
  await once(directory, (work) => {
    const goal = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${work}`];
    // In a directory of its own: a POM of the one that this is called from has no say.
    return maven(goal, { directory: work, jdk });
  });
}

/** The directory appears under its name only when it is complete. */
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
          'Maven (mvn) is not in PATH; what runs on Java is fetched through it.',
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
          `Maven could not fetch what was asked of it:\n    ${lines}`,
          'see that Maven reaches its repository, then run again',
        ),
      );
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
