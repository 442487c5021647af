import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { UserError } from '../validation/user-error';

/** Required by Kafka 4 brokers. */
export const LEAST_JAVA = 17;

/** A program that needs Java, and the minimum version. */
interface JavaNeed {
  readonly program: string;
  readonly least: number;
}

const KAFKA: JavaNeed = { program: 'Kafka', least: LEAST_JAVA };

/** Directories with one subdirectory for each installed JDK: Linux distributions, SDKMAN, macOS. */
const USUAL_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/local/lib/jvm',
  '/opt/java',
  '~/.sdkman/candidates/java',
  '/Library/Java/JavaVirtualMachines',
];

export interface Jdk {
  /** Path of the `java` program. */
  readonly java: string;
  readonly version: number;
}

/**
 * Finds the first sufficiently new JDK in JAVA_HOME, PATH and the usual directories.
 * @throws {UserError} that lists the versions that were found
 */
export function findJdk(
  environment: NodeJS.ProcessEnv = process.env,
  folders: readonly string[] = USUAL_FOLDERS,
  { program, least }: JavaNeed = KAFKA,
): Jdk {
  const tooOld: string[] = [];
  for (const java of candidates(environment, folders)) {
    const version = javaVersion(java);
    if (version !== undefined && version >= least) return { java, version };
    if (version !== undefined) tooOld.push(`${java} is Java ${version}`);
  }
  const found = tooOld.length === 0 ? 'none was found in JAVA_HOME, PATH and the usual folders' : tooOld.join('; ');
  throw new UserError(
    `${program} needs a Java runtime of version ${least} or newer: ${found}.`,
    `install one (Debian: apt-get install openjdk-${least}-jre-headless, where it has that; macOS: brew install openjdk; ` +
      'any: https://adoptium.net) or point JAVA_HOME to it',
  );
}

/** A single-file Java program needs a compiler, which not every Java installation for Kafka includes. */
export const hasJavaCompiler = ({ java }: Pick<Jdk, 'java'>): boolean =>
  spawnSync(java, ['--list-modules'], { encoding: 'utf8', timeout: 10_000 }).stdout.includes('jdk.compiler');

/** Environment variables for a program that uses JAVA_HOME, such as Maven. */
export const environmentOf = ({ java }: Jdk): NodeJS.ProcessEnv => ({
  ...process.env,
  JAVA_HOME: resolve(realpathSync(java), '..', '..'),
});

function candidates(environment: NodeJS.ProcessEnv, folders: readonly string[]): readonly string[] {
  const home = environment['JAVA_HOME'];
  const fromPath = (environment['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'java'));
  const fromFolders = folders
    .map((folder) => folder.replace(/^~/, environment['HOME'] ?? '~'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    )
    .flatMap((jdk) => [join(jdk, 'bin', 'java'), join(jdk, 'Contents', 'Home', 'bin', 'java')]);
  const all = [...(home === undefined || home === '' ? [] : [join(home, 'bin', 'java')]), ...fromPath, ...fromFolders];
  return [...new Set(all)].filter((java) => existsSync(java));
}

/** 17 for `openjdk version "17.0.1"`, 8 for `java version "1.8.0_292"`. */
function javaVersion(java: string): number | undefined {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8', timeout: 10_000 });
  const match = /version "(?:1\.)?(\d+)/.exec(stderr);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
