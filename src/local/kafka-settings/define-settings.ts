import { join } from 'node:path';
import type { KafkaRelease } from '../../kafka-settings/release';
import { runJavaSource } from '../../processes/java-source';
import type { Runtime } from '../prepare';

const SOURCE = join(__dirname, 'DefineSettings.java');

interface ReleaseRuntime extends Runtime {
  /** The release that the class path is of. */
  readonly version: string;
}

/** The definitions in the code of a release, out of its jars. @throws {UserError} when the Java has no compiler */
export async function defineSettings({ version, java, classPath }: ReleaseRuntime): Promise<KafkaRelease> {
  const output = await runJavaSource({ java, classPath, source: SOURCE });
  return { version, ...(JSON.parse(output) as Omit<KafkaRelease, 'version'>) };
}
