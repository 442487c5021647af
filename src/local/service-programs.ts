import { spawnSync } from 'node:child_process';
import type { Platform } from '../platform/load';
import type { Progress } from '../console/progress';
import { UserError } from '../validation/user-error';
import { findJdk } from '../processes/jdk';
import { APICURIO_VERSION } from '../components/schema-registry/apicurio-version';
import {
  LEAST_REGISTRY_JAVA,
  registryDistribution,
  type RegistryProgram,
} from '../components/schema-registry/distribution';

/** Programs of the local processes other than brokers; absent if they are not available. */
export interface ServicePrograms {
  readonly registry?: RegistryProgram;
  /** Name or path of the program. */
  readonly prometheus?: string;
}

/**
 * Finds or fetches the programs. Leaves out an unavailable program and reports it in one line.
 * @param prometheusName the program's name in PATH, or its path; @default prometheus
 */
export async function findServicePrograms(
  config: Platform,
  progress: Progress,
  prometheusName = 'prometheus',
): Promise<ServicePrograms> {
  const registry = await orLeftOut('Schema registry', progress, () => registryProgram(config, progress));
  const prometheus = await orLeftOut('Prometheus', progress, () => prometheusProgram(config, prometheusName));
  return { ...(registry && { registry }), ...(prometheus !== undefined && { prometheus }) };
}

async function orLeftOut<T>(what: string, progress: Progress, find: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const line = error.message
      .split('\n')
      .map((part) => part.trim())
      .join(' ');
    progress.line(`${what} left out: ${line}`);
    return undefined;
  }
}

function registryProgram({ registry }: Platform, progress: Progress): Promise<RegistryProgram | undefined> | undefined {
  switch (registry.provider) {
    case 'apicurio':
      return apicurio(progress);
    case 'confluent':
      throw new UserError(
        'Confluent’s is a container image, and here are only processes.',
        "set registry.provider to 'apicurio', which speaks the same API, or name one that runs: --registry http://host:8081",
      );
    case 'none':
      return undefined;
  }
}

async function apicurio(progress: Progress): Promise<RegistryProgram> {
  const jdk = findJdk(undefined, undefined, { program: 'Apicurio Registry', least: LEAST_REGISTRY_JAVA });
  const distribution = await progress.step(`Apicurio Registry ${APICURIO_VERSION} on Java ${jdk.version}`, () =>
    registryDistribution({ version: APICURIO_VERSION, jdk }),
  );
  return { java: jdk.java, distribution };
}

/** Undefined if the platform does not run its own Prometheus. */
function prometheusProgram({ monitoring }: Platform, name: string): string | undefined {
  if (monitoring.mode !== 'prometheus') return undefined;
  if (spawnSync(name, ['--version']).status !== 0) {
    throw new UserError(
      `there is no program '${name}' in PATH.`,
      'install it (Debian: apt-get install --no-install-recommends prometheus; macOS: brew install prometheus)',
    );
  }
  return name;
}
