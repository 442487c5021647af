import { join } from 'node:path';
import type { KafkaRelease } from '../../kafka-settings/release';
import { runJavaSource } from '../../processes/java-source';
import type { Runtime } from '../prepare';

const SOURCE = join(__dirname, 'DefineSettings.java');

interface ReleaseRuntime extends Runtime {
  /** Kafka release of the class path. */
  readonly version: string;
}

/** Setting definitions of a release, read from its jars. @throws {UserError} if the Java installation has no compiler */
export async function defineSettings({ version, java, classPath }: ReleaseRuntime): Promise<KafkaRelease> {
  const output = await runJavaSource({ java, classPath, source: SOURCE });
  return { version, ...(JSON.parse(output) as Omit<KafkaRelease, 'version'>) };
}
