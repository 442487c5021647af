import { resolve } from 'node:path';
import type { Jdk } from './jdk';
import { fetchArchive } from './maven';

/** Release of Apicurio Registry. */
export const APICURIO_VERSION = '3.3.3';

/** Its classes are compiled for it. */
export const LEAST_REGISTRY_JAVA = 21;

/** Below the project: every local registry of the checkout shares the jars. */
const DIRECTORY = '.platform/registry';

interface DistributionProps {
  readonly version: string;
  /** Maven runs on it, too. */
  readonly jdk: Jdk;
}

/**
 * The directory of a release of Apicurio Registry, fetched once and kept below the project.
 * `java -jar quarkus-run.jar` in it starts the registry.
 * @throws {UserError} when it cannot be fetched
 */
export async function registryDistribution({ version, jdk }: DistributionProps): Promise<string> {
  const directory = resolve(DIRECTORY, `apicurio-${version}`);
  await fetchArchive({ directory, artifact: `io.apicurio:apicurio-registry-app:${version}:tar.gz:all`, jdk });
  return directory;
}
