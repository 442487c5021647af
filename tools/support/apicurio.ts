import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findJdk } from '../../src/processes/jdk';
import { LocalProcess } from '../../src/processes/local-process';
import { APICURIO_VERSION } from '../../src/components/schema-registry/apicurio-version';
import { LEAST_REGISTRY_JAVA, registryDistribution } from '../../src/components/schema-registry/distribution';
import { startWatchdog } from '../../src/processes/watchdog';
import { LOOPBACK } from '../../src/components/kafka-cluster/local-layout';
import { APICURIO_BASE_PATH } from '../../src/components/schema-registry/provider';
import { registryClient } from '../../src/registry-client/registry-client';
import { freePort } from './free-port';
import { temporaryDirectory } from './local-platform';

const NAME = 'Apicurio Registry';
const START_MS = 120_000;

/** A real, initially empty registry that keeps its subjects in memory. */
export interface Apicurio {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws with the end of its log if it does not start */
export async function startApicurio(): Promise<Apicurio> {
  const jdk = findJdk(undefined, undefined, { program: NAME, least: LEAST_REGISTRY_JAVA });
  const distribution = await registryDistribution({ version: APICURIO_VERSION, jdk });
  const [port, management] = await Promise.all([freePort(), freePort()]);
  const directory = temporaryDirectory();
  const registry = new LocalProcess({
    name: NAME,
    program: jdk.java,
    args: argumentsFor(distribution, port, management),
    logFile: join(directory, 'registry.log'),
  });
  const watchdog = startWatchdog();
  watchdog.watch(registry.pid);
  const stop = async (): Promise<void> => {
    await registry.stop();
    watchdog.forget(registry.pid);
    watchdog.close();
    rmSync(directory, { recursive: true });
  };
  const url = `http://${LOOPBACK}:${port}${APICURIO_BASE_PATH}`;
  try {
    await registry.until(() => answers(url), START_MS);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

const answers = (url: string): Promise<boolean> =>
  registryClient({ url })
    .subjects()
    .then(
      () => true,
      () => false,
    );

const argumentsFor = (distribution: string, port: number, management: number): readonly string[] => [
  '-Xmx400m',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  `-Dquarkus.http.host=${LOOPBACK}`,
  `-Dquarkus.http.port=${port}`,
  `-Dquarkus.management.host=${LOOPBACK}`,
  `-Dquarkus.management.port=${management}`,
  '-jar',
  join(distribution, 'quarkus-run.jar'),
];
