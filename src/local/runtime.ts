import type { Platform } from '../platform/load';
import type { Progress } from '../console/progress';
import { kafkaClassPath } from './class-path';
import { findJdk } from '../processes/jdk';
import type { Runtime } from './prepare';

/** Finds the JDK, and fetches Kafka's jars if they are missing. */
export async function localRuntime({ brokers }: Platform, progress: Progress): Promise<Runtime> {
  const jdk = findJdk();
  const classPath = await progress.step(`Kafka ${brokers.version} on Java ${jdk.version}`, () =>
    kafkaClassPath({ version: brokers.version, jdk }),
  );
  return { java: jdk.java, classPath };
}
