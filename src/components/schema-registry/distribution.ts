import { resolve } from 'node:path';
import type { Jdk } from '../../processes/jdk';
import { fetchArchive } from '../../processes/maven';

/** The class files of the registry require this version. */
export const LEAST_REGISTRY_JAVA = 21;

/** Relative to the project; all local registries of the checkout share the jar files. */
const DIRECTORY = '.platform/registry';

interface DistributionProps {
  readonly version: string;
  /** Also used to run Maven. */
  readonly jdk: Jdk;
}

/**
 * Downloads a release of Apicurio Registry once and keeps it below the project. `java -jar quarkus-run.jar` in the
 * returned directory starts the registry.
 * @throws {UserError} if the download fails
 */
export async function registryDistribution({ version, jdk }: DistributionProps): Promise<string> {
  const directory = resolve(DIRECTORY, `apicurio-${version}`);
  await fetchArchive({ directory, artifact: `io.apicurio:apicurio-registry-app:${version}:tar.gz:all`, jdk });
  return directory;
}

/** The program of the local schema registry. */
export interface RegistryProgram {
  readonly java: string;
  /** Directory of the registry's jar files. */
  readonly distribution: string;
}
