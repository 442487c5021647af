import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../console/user-error';

/** Kafka 4's brokers need it. */
export const LEAST_JAVA = 17;

/** Folders that hold one folder for each installed JDK: Linux distributions, SDKMAN, macOS. */
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
 * The first JDK of {@link LEAST_JAVA} or newer in JAVA_HOME, PATH and the usual folders.
 * @throws {UserError} naming what was found instead
 */
export function findJdk(environment: NodeJS.ProcessEnv = process.env, folders: readonly string[] = USUAL_FOLDERS): Jdk {
  const tooOld: string[] = [];
  for (const java of candidates(environment, folders)) {
    const version = javaVersion(java);
    if (version !== undefined && version >= LEAST_JAVA) return { java, version };
    if (version !== undefined) tooOld.push(`${java} is Java ${version}`);
  }
  const found = tooOld.length === 0 ? 'there is none in JAVA_HOME, PATH or the usual folders' : tooOld.join('; ');
  throw new UserError(
    `Kafka needs a Java runtime of version ${LEAST_JAVA} or newer: ${found}.`,
    `install one (Debian: apt-get install openjdk-${LEAST_JAVA}-jre-headless; macOS: brew install openjdk) or point JAVA_HOME to it`,
  );
}

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
