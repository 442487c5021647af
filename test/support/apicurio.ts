import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findJdk } from '../../src/embedded/jdk';
import { LocalProcess } from '../../src/embedded/local-process';
import { APICURIO_VERSION, LEAST_REGISTRY_JAVA, registryDistribution } from '../../src/embedded/registry-distribution';
import { startWatchdog } from '../../src/embedded/watchdog';
import { LOOPBACK } from '../../src/render/local-layout';
import { APICURIO_BASE_PATH } from '../../src/render/registry-provider';
import { registryClient } from '../../src/schemas/registry-client';
import { freePort } from './free-port';
import { temporaryDirectory } from './local-platform';

const NAME = 'Apicurio Registry';
const START_MS = 120_000;

/** A real registry, empty, that keeps its subjects in memory. */
export interface Apicurio {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws with the end of its log when it does not start */
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
